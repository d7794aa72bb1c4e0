//! JSON-RPC over the standard streams of the language server.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A running language server.
pub(crate) struct Connection {
    server: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    next_id: u64,
}

impl Connection {
    pub(crate) fn start(program: &Path, folder: &Path, log: &Path) -> Self {
        let mut server = Command::new(program)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(File::create(log).expect("the target folder can be written"))
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", program.display()));
        let input = server.stdin.take().expect("it is piped");
        let mut output = BufReader::new(server.stdout.take().expect("it is piped"));
        let (sender, messages) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            server,
            input,
            messages,
            next_id: 0,
        }
    }

    pub(crate) fn notify(&mut self, method: &str, parameters: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": parameters }));
    }

    /// Sends a request, and returns its number.
    pub(crate) fn request(&mut self, method: &str, parameters: &Value) -> u64 {
        self.next_id += 1;
        let id = self.next_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": parameters }));
        id
    }

    /// The next message, which must come in time.
    pub(crate) fn receive(&mut self, deadline: Instant) -> Value {
        self.receive_until(deadline)
            .expect("the language server is not silent for so long")
    }

    /// The next message, if there is one in time. Requests of the server are answered here.
    pub(crate) fn receive_until(&mut self, deadline: Instant) -> Option<Value> {
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let message = match self.messages.recv_timeout(left) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => panic!("the language server has stopped"),
            };
            let asked = message.get("method").is_some();
            let Some(id) = message.get("id").filter(|_| asked) else {
                return Some(message);
            };
            let result = if message["method"] == "workspace/configuration" {
                let items = message["params"]["items"].as_array();
                items.map_or(Value::Null, |items| {
                    items.iter().map(|_| Value::Null).collect()
                })
            } else {
                Value::Null
            };
            self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": result }));
        }
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len())
            .and_then(|()| self.input.flush())
            .expect("the language server reads");
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // The server keeps no files, so it can be killed.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The deadline of the slowest step: the server builds the macros and their dependencies.
pub(crate) fn deadline() -> Instant {
    Instant::now() + Duration::from_mins(10)
}

fn read(output: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some(number) = line.strip_prefix("Content-Length: ") {
            length = number.parse().ok();
        }
    }
    let mut body = vec![0; length?];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
