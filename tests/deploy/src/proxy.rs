//! A proxy in front of an emulator that injects faults of the network and of AWS, by a script.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::stand_in;

/// A fault of a call.
#[derive(Clone)]
pub enum Fault {
    /// The service rejects it: HTTP status, code, message.
    Reject(u16, &'static str, &'static str),
    /// The connection ends in the middle of the response; the call is not executed.
    Drop,
    /// The call is executed, and the connection ends in the middle of the response.
    DropAfterwards,
    /// There is never a response.
    Hang,
    /// This response; `{token}` and `{stack}` stand for the last ones seen.
    Answer(String),
    /// The first text is replaced by the second one in the emulator's response.
    Replace(&'static str, &'static str),
    /// The non-ASCII characters of the emulator's response are masked, as in `GetTemplate`.
    Mask,
}

/// When a fault happens.
#[derive(Clone)]
struct FaultRule {
    action: &'static str,
    after: Option<&'static str>,
    skip: usize,
    times: usize,
    fault: Fault,
}

#[derive(Default)]
struct State {
    rules: Vec<FaultRule>,
    calls: Vec<String>,
    /// The last form of each call.
    forms: HashMap<String, String>,
    token: String,
    stack: String,
}

/// The running proxy.
pub struct Proxy {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    ended: Arc<AtomicBool>,
}

/// A fault that is being described: [`Proxy::on`].
pub struct Script<'a> {
    proxy: &'a Proxy,
    rule: FaultRule,
}

impl Script<'_> {
    /// Only after this call was made.
    #[must_use]
    pub fn after(mut self, action: &'static str) -> Self {
        self.rule.after = Some(action);
        self
    }

    /// Only after this number of successful calls.
    #[must_use]
    pub fn skip(mut self, calls: usize) -> Self {
        self.rule.skip = calls;
        self
    }

    /// Only for this number of calls.
    #[must_use]
    pub fn times(mut self, calls: usize) -> Self {
        self.rule.times = calls;
        self
    }

    /// Sets the fault.
    pub fn fault(mut self, fault: Fault) {
        self.rule.fault = fault;
        self.proxy.state().rules.push(self.rule);
    }
}

impl Proxy {
    /// Starts a proxy before an endpoint: `127.0.0.1:5000`.
    ///
    /// # Panics
    ///
    /// When there is no free port.
    pub fn start(upstream: String) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
        let address = listener.local_addr().expect("it is bound");
        let state = Arc::new(Mutex::new(State::default()));
        let ended = Arc::new(AtomicBool::new(false));
        let (shared, over) = (Arc::clone(&state), Arc::clone(&ended));
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                if over.load(Ordering::Relaxed) {
                    return;
                }
                let (upstream, state, over) =
                    (upstream.clone(), Arc::clone(&shared), Arc::clone(&over));
                // Connections that end early are tested.
                thread::spawn(move || _ = serve(connection, &upstream, &state, &over));
            }
        });
        Self {
            address,
            state,
            ended,
        }
    }

    /// The URL at which it listens.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Describes a fault of a call; `*` stands for every call.
    pub fn on(&self, action: &'static str) -> Script<'_> {
        Script {
            proxy: self,
            rule: FaultRule {
                action,
                after: None,
                skip: 0,
                times: usize::MAX,
                fault: Fault::Hang,
            },
        }
    }

    /// Removes all faults.
    pub fn heal(&self) {
        self.state().rules.clear();
    }

    /// Forgets the calls so far.
    pub fn forget(&self) {
        self.state().calls.clear();
    }

    /// The calls so far.
    pub fn calls(&self) -> Vec<String> {
        self.state().calls.clone()
    }

    /// The number of calls of an action.
    pub fn count(&self, action: &str) -> usize {
        self.calls().iter().filter(|call| *call == action).count()
    }

    /// The form of the last call of this action.
    pub fn form(&self, action: &str) -> Option<String> {
        self.state().forms.get(action).cloned()
    }

    /// Waits for this number of calls of an action.
    ///
    /// # Panics
    ///
    /// When they do not come within five minutes.
    pub fn wait_for(&self, action: &str, calls: usize) {
        let deadline = Instant::now() + Duration::from_secs(300);
        while self.count(action) < calls {
            let calls = self.calls();
            assert!(
                Instant::now() < deadline,
                "{action} is not called: {calls:?}"
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Proxy({})", self.address)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // The listener wakes up to see it.
        let _ = TcpStream::connect(self.address);
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// Records a call, and returns its fault.
    fn take(&mut self, action: &str) -> Option<Fault> {
        self.calls.push(action.to_owned());
        let calls = &self.calls;
        let rule = self.rules.iter_mut().find(|rule| {
            let is_due = |after: &str| calls.iter().any(|call| call == after);
            (rule.action == action || rule.action == "*")
                && rule.times > 0
                // The call that a rule waits for is not affected itself.
                && rule.after.is_none_or(|after| after != action && is_due(after))
        })?;
        if rule.skip > 0 {
            rule.skip -= 1;
            return None;
        }
        rule.times -= 1;
        Some(rule.fault.clone())
    }
}

/// The name of the call that uploads a template.
pub const UPLOAD: &str = "PutObject";

/// Handles one call. Every connection ends after it.
fn serve(
    mut connection: TcpStream,
    upstream: &str,
    state: &Mutex<State>,
    ended: &AtomicBool,
) -> io::Result<()> {
    let Some((head, body)) = read_message(&mut connection)? else {
        return Ok(());
    };
    let form = String::from_utf8_lossy(&body).into_owned();
    let is_template = head.starts_with("PUT ")
        && head
            .to_ascii_lowercase()
            .contains("content-type: application/json");
    let action = field(&form, "Action")
        .or_else(|| target(&head))
        .or_else(|| is_template.then(|| UPLOAD.to_owned()))
        .unwrap_or_else(|| head.lines().next().unwrap_or_default().to_owned());
    let fault = {
        let mut state = lock(state);
        if let Some(token) = field(&form, "ClientRequestToken") {
            state.token = token;
        }
        state.forms.insert(action.clone(), form.clone());
        state.take(&action)
    };
    let body = if action == "CreateChangeSet" {
        stand_in::with_image(&form).into_bytes()
    } else if is_template {
        stand_in::uploaded_with_image(&form).into_bytes()
    } else {
        body
    };
    let partial = b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: 9999\r\n\r\n<Half";
    match fault {
        Some(Fault::Reject(status, code, message)) => {
            let text = format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error><RequestId>made-by-the-proxy</RequestId></ErrorResponse>"
            );
            answer(&mut connection, status, text.as_bytes())
        }
        Some(Fault::Drop) => connection.write_all(partial),
        Some(Fault::Hang) => {
            while !ended.load(Ordering::Relaxed) {
                thread::sleep(Duration::from_millis(50));
            }
            Ok(())
        }
        Some(Fault::Answer(text)) => {
            let text = {
                let state = lock(state);
                text.replace("{token}", &state.token)
                    .replace("{stack}", &state.stack)
            };
            answer(&mut connection, 200, text.as_bytes())
        }
        Some(Fault::DropAfterwards) => {
            forward(upstream, &head, &body)?;
            connection.write_all(partial)
        }
        Some(Fault::Replace(from, to)) => {
            let (status, text) = forward(upstream, &head, &body)?;
            let text = String::from_utf8_lossy(&text).replace(from, to);
            answer(&mut connection, status, text.as_bytes())
        }
        Some(Fault::Mask) => {
            let (status, text) = forward(upstream, &head, &body)?;
            let text = String::from_utf8_lossy(&text);
            let masked = text.chars().map(|it| if it.is_ascii() { it } else { '?' });
            answer(
                &mut connection,
                status,
                masked.collect::<String>().as_bytes(),
            )
        }
        None => {
            let (status, text) = forward(upstream, &head, &body)?;
            if let Some(stack) = between(&String::from_utf8_lossy(&text), "<StackId>", "</StackId>")
            {
                stack.clone_into(&mut lock(state).stack);
            }
            answer(&mut connection, status, &text)
        }
    }
}

fn answer(connection: &mut TcpStream, status: u16, body: &[u8]) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {status} Answer\r\ncontent-type: text/xml\r\nx-amzn-requestid: made-by-the-proxy\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes())?;
    connection.write_all(body)
}

/// Forwards a call to the emulator; returns the status and the body of the response.
fn forward(upstream: &str, head: &str, body: &[u8]) -> io::Result<(u16, Vec<u8>)> {
    let mut server = TcpStream::connect(upstream)?;
    let kept = head.lines().filter(|line| {
        let line = line.to_ascii_lowercase();
        let is_replaced = ["connection:", "content-length:"];
        !is_replaced.iter().any(|name| line.starts_with(name)) && !line.is_empty()
    });
    let length = format!("content-length: {}", body.len());
    let kept = kept.chain([length.as_str()]);
    let head: String = kept.map(|line| format!("{line}\r\n")).collect();
    server.write_all(format!("{head}connection: close\r\n\r\n").as_bytes())?;
    server.write_all(body)?;
    let (head, body) = read_message(&mut server)?.ok_or(io::ErrorKind::UnexpectedEof)?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let body = match String::from_utf8(body) {
        Ok(text) => stand_in::without_image(&text).into_bytes(),
        Err(error) => error.into_bytes(),
    };
    Ok((status.unwrap_or(500), body))
}

/// The head and the body of a message of HTTP/1.1.
fn read_message(stream: &mut TcpStream) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(line.trim_end());
        head.push('\n');
    }
    let header = |name: &str| {
        let mut lines = head.lines();
        lines.find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    let mut body = Vec::new();
    match header("content-length").and_then(|length| length.parse().ok()) {
        Some(length) => {
            body.resize(length, 0);
            reader.read_exact(&mut body)?;
        }
        // A call without a body; a response ends with the connection.
        None if head.starts_with("HTTP/") => _ = reader.read_to_end(&mut body)?,
        None => {}
    }
    Ok(Some((head, body)))
}

/// The operation that a request of a JSON protocol names: `AmazonSSM.SendCommand`.
fn target(head: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let (_, operation) = value.trim().split_once('.')?;
        name.eq_ignore_ascii_case("x-amz-target")
            .then(|| operation.to_owned())
    })
}

fn field(form: &str, name: &str) -> Option<String> {
    form.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key == name).then(|| value.to_owned())
    })
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(from)?;
    Some(rest.split_once(to)?.0)
}
