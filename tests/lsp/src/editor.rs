//! An editor: user actions and what it shows.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::config_crate::{self, root};
use crate::connection::{Connection, deadline};
use crate::text::{Marked, offsets, position};

/// An editor with the source file of a config crate open.
pub struct Editor {
    server: Connection,
    file: PathBuf,
    uri: String,
    text: String,
    version: u64,
    /// The diagnostics of the last check, in the protocol's form.
    checked: Vec<Value>,
    /// The number of checks started, and whether one is running.
    begun: usize,
    is_checking: bool,
    quiescent: bool,
}

/// An underlined diagnostic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The underlined text.
    pub text: String,
    /// Its range.
    pub range: Range<usize>,
    /// The message.
    pub message: String,
    /// `macro-error`, `E0308` …
    pub code: String,
    /// Whether it is an error rather than a warning or a hint.
    pub error: bool,
}

/// The editor of this test run, shared because starting it takes long.
pub fn editor() -> MutexGuard<'static, Editor> {
    static EDITOR: LazyLock<Mutex<Editor>> = LazyLock::new(|| Mutex::new(Editor::open()));
    EDITOR.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Editor {
    /// Opens the config crate, and waits until it is loaded and checked for the first time.
    fn open() -> Self {
        let text = "fn main() {}\n";
        let folder = config_crate::create(text);
        let file = folder.join("src/main.rs");
        let mut server = Connection::start(
            &root().join("target/tools/bin/rust-analyzer"),
            &folder,
            &root().join("target/lsp/server.log"),
        );
        let folder_uri = format!("file://{}", folder.display());
        let id = server.request("initialize", &initialization(&folder_uri));
        while server.receive(deadline())["id"] != id {}
        server.notify("initialized", &json!({}));
        let mut editor = Self {
            server,
            uri: format!("file://{}", file.display()),
            file,
            text: String::new(),
            version: 0,
            checked: Vec::new(),
            begun: 0,
            is_checking: false,
            quiescent: false,
        };
        editor.server.notify(
            "textDocument/didOpen",
            &json!({ "textDocument": {
                "uri": editor.uri, "languageId": "rust", "version": 0, "text": text,
            } }),
        );
        editor.wait(|editor| editor.quiescent);
        editor.wait_for_check(0);
        editor
    }

    /// Replaces the whole text without saving it. Marks are removed.
    pub fn type_in(&mut self, marked: &str) -> Marked {
        let marked = Marked::parse(marked);
        self.text.clone_from(&marked.text);
        self.version += 1;
        self.server.notify(
            "textDocument/didChange",
            &json!({
                "textDocument": { "uri": self.uri, "version": self.version },
                "contentChanges": [{ "text": self.text }],
            }),
        );
        marked
    }

    /// Saves the text, and waits for the resulting check.
    pub fn save(&mut self) -> Vec<Diagnostic> {
        config_crate::write(&self.file, &self.text);
        let before = self.begun;
        let file = json!({ "textDocument": { "uri": self.uri } });
        self.server.notify("textDocument/didSave", &file);
        self.wait_for_check(before);
        diagnostics(&self.text, &self.checked)
    }

    /// The diagnostics of rust-analyzer itself, for the unsaved text.
    pub fn underlined(&mut self) -> Vec<Diagnostic> {
        let file = json!({ "textDocument": { "uri": self.uri } });
        let report = self.ask("textDocument/diagnostic", &file);
        diagnostics(
            &self.text,
            report["items"].as_array().map_or(&[], Vec::as_slice),
        )
    }

    /// The completions at the cursor.
    pub fn completions(&mut self, cursor: usize) -> BTreeSet<String> {
        let answer = self.ask_at("textDocument/completion", cursor);
        let items = answer["items"].as_array().or(answer.as_array());
        let labels = items
            .into_iter()
            .flatten()
            .filter_map(|item| item["label"].as_str());
        labels.map(str::to_owned).collect()
    }

    /// The hover text at the cursor, as Markdown.
    pub fn hover(&mut self, cursor: usize) -> Option<String> {
        let answer = self.ask_at("textDocument/hover", cursor);
        answer["contents"]["value"].as_str().map(str::to_owned)
    }

    /// The line of the definition of the word at the cursor.
    pub fn definition(&mut self, cursor: usize) -> Option<String> {
        let answer = self.ask_at("textDocument/definition", cursor);
        let link = answer.get(0)?;
        let range = link.get("targetSelectionRange")?;
        (link["targetUri"] == self.uri.as_str())
            .then(|| self.text[offsets(&self.text, range)].to_owned())
    }

    fn ask_at(&mut self, method: &str, cursor: usize) -> Value {
        let at = position(&self.text, cursor);
        let parameters = json!({ "textDocument": { "uri": self.uri }, "position": at });
        self.ask(method, &parameters)
    }

    /// Sends a request, and repeats it if the server cancels it because of a change.
    fn ask(&mut self, method: &str, parameters: &Value) -> Value {
        const CONTENT_MODIFIED: i64 = -32801;
        const SERVER_CANCELLED: i64 = -32802;
        loop {
            let id = self.server.request(method, parameters);
            let answer = loop {
                let message = self.server.receive(deadline());
                if message["id"] == id {
                    break message;
                }
                self.note(&message);
            };
            match answer["error"]["code"].as_i64() {
                None => return answer["result"].clone(),
                Some(CONTENT_MODIFIED | SERVER_CANCELLED) => {}
                Some(_) => panic!("{method}: {}", answer["error"]),
            }
        }
    }

    fn wait(&mut self, mut done: impl FnMut(&Self) -> bool) {
        let deadline = deadline();
        while !done(self) {
            let message = self.server.receive(deadline);
            self.note(&message);
        }
    }

    /// Waits until a check after the first ones has ended, with its diagnostics. The server cancels a
    /// check for a newer one, whose end then counts.
    fn wait_for_check(&mut self, first: usize) {
        loop {
            self.wait(|editor| editor.begun > first && !editor.is_checking);
            self.settle();
            if !self.is_checking {
                return;
            }
        }
    }

    /// Waits until all messages are processed and no more arrive.
    fn settle(&mut self) {
        const SILENCE: Duration = Duration::from_secs(1);
        self.ask("rust-analyzer/analyzerStatus", &json!({}));
        while let Some(message) = self.server.receive_until(Instant::now() + SILENCE) {
            self.note(&message);
        }
    }

    fn note(&mut self, message: &Value) {
        let parameters = &message["params"];
        match message["method"].as_str() {
            Some("experimental/serverStatus") => {
                self.quiescent = parameters["quiescent"] == true;
                assert!(parameters["health"] != "error", "{}", parameters["message"]);
            }
            Some("textDocument/publishDiagnostics") if parameters["uri"] == self.uri.as_str() => {
                self.checked = parameters["diagnostics"]
                    .as_array()
                    .cloned()
                    .unwrap_or_default();
            }
            Some("$/progress") if is_check(&parameters["token"]) => {
                match parameters["value"]["kind"].as_str() {
                    Some("begin") => {
                        self.begun += 1;
                        self.is_checking = true;
                    }
                    Some("end") => self.is_checking = false,
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

fn is_check(token: &Value) -> bool {
    token
        .as_str()
        .is_some_and(|token| token.contains("flycheck"))
}

fn diagnostics(text: &str, items: &[Value]) -> Vec<Diagnostic> {
    let mut all: Vec<_> = items
        .iter()
        .map(|item| {
            let range = offsets(text, &item["range"]);
            Diagnostic {
                text: text[range.clone()].to_owned(),
                range,
                message: item["message"].as_str().unwrap_or_default().to_owned(),
                code: item["code"].as_str().unwrap_or_default().to_owned(),
                error: item["severity"] == 1,
            }
        })
        .collect();
    all.sort_by_key(|diagnostic| (diagnostic.range.start, diagnostic.range.end));
    all
}

/// The capabilities of this editor. It pulls the server's own diagnostics, so that the pushed ones are
/// those of `cargo check`.
fn initialization(folder: &str) -> Value {
    json!({
        "processId": std::process::id(),
        "rootUri": folder,
        "workspaceFolders": [{ "uri": folder, "name": "config" }],
        "capabilities": {
            "general": { "positionEncodings": ["utf-8"] },
            "window": { "workDoneProgress": true },
            "experimental": { "serverStatusNotification": true },
            "textDocument": {
                "diagnostic": { "dynamicRegistration": false },
                "definition": { "linkSupport": true },
                "hover": { "contentFormat": ["markdown"] },
                "completion": { "completionItem": { "snippetSupport": false } },
            },
        },
        "initializationOptions": {
            // The proc-macro server comes with the toolchain.
            "procMacro": { "enable": true },
            "cachePriming": { "enable": false },
            "completion": { "autoimport": { "enable": false } },
        },
    })
}
