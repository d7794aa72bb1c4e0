//! A registry that stands for Docker Hub: it asks for a token, and gives tags in pages.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// A repository: its name, and two pages of tags.
pub(super) type Repository<'a> = (&'a str, &'a [&'a str], &'a [&'a str]);

/// A tag that is made for one architecture alone.
pub(super) const OF_ONE_ARCHITECTURE: &str = "4.999.0";

/// What every tag is.
pub(super) const DIGEST: &str =
    "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

pub(super) struct StandIn {
    address: SocketAddr,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// Paths below `/v2/`, and what is answered: headers and body.
type Answers = Vec<(String, String, String)>;

impl StandIn {
    pub(super) fn new(repositories: &[Repository<'_>]) -> Self {
        let answers = repositories.iter().flat_map(answers).collect();
        Self::start(Some(answers))
    }

    /// One that hangs up.
    pub(super) fn silent() -> Self {
        Self::start(None)
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn start(answers: Option<Answers>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let is_over = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&is_over);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::Relaxed) {
                    break;
                }
                if let (Ok(stream), Some(answers)) = (stream, &answers) {
                    serve(&stream, answers, address);
                }
            }
        });
        Self {
            address,
            is_over,
            thread: Some(thread),
        }
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        // It looks at the end when somebody calls.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn answers((name, first, second): &Repository<'_>) -> Answers {
    let page = |tags: &[&str]| format!("{{\"name\": {name:?}, \"tags\": {tags:?}}}");
    let next = format!("/v2/{name}/tags/list?last=1&n=1000");
    let link = if second.is_empty() {
        String::new()
    } else {
        format!("Link: <{next}>; rel=\"next\"\r\n")
    };
    let mut answers = vec![
        (
            format!("GET /v2/{name}/tags/list?n=1000"),
            link,
            page(first),
        ),
        (format!("GET {next}"), String::new(), page(second)),
    ];
    for tag in first.iter().chain(*second) {
        let kind = match *tag {
            OF_ONE_ARCHITECTURE => "manifest",
            _ => "index",
        };
        let headers = format!(
            "Content-Type: application/vnd.oci.image.{kind}.v1+json\r\nDocker-Content-Digest: {DIGEST}\r\n"
        );
        answers.push((
            format!("HEAD /v2/{name}/manifests/{tag}"),
            headers,
            String::new(),
        ));
    }
    answers
}

fn serve(mut stream: &TcpStream, answers: &Answers, address: SocketAddr) {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let request: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let line = request.first().map_or("", String::as_str);
    let line = line.trim_end_matches(" HTTP/1.1");
    let is_admitted = request
        .iter()
        .any(|line| line == "Authorization: Bearer anybody");
    let known = answers.iter().find(|(known, ..)| known == line);
    let (status, headers, body) = if line == "GET /token?service=stand-in&scope=repository:x:pull" {
        (200, "", "{\"token\": \"anybody\"}")
    } else if !is_admitted {
        let challenge = format!(
            "WWW-Authenticate: Bearer realm=\"http://{address}/token\",service=\"stand-in\",scope=\"repository:x:pull\"\r\n"
        );
        return answer(&mut stream, 401, &challenge, "");
    } else if let Some((_, headers, body)) = known {
        (200, headers.as_str(), body.as_str())
    } else {
        (404, "", "{}")
    };
    answer(&mut stream, status, headers, body);
}

fn answer(stream: &mut &TcpStream, status: u16, headers: &str, body: &str) {
    // A client that has gone away does not matter.
    let _ = write!(
        stream,
        "HTTP/1.1 {status} .\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
}
