//! Operations on this machine, on a terminal.

use crate::Failure;
use crate::operation::local::{Equipment, LocalEvent, LocalIo, Reachable};
use crate::terminal::Terminal;
use crate::terminal::table::Table;

impl LocalIo for Terminal {
    fn report(&self, event: LocalEvent<'_>) {
        match event {
            LocalEvent::PullingImage { image } => self.note(&format!("pulling {image}")),
            LocalEvent::Answers { user, seconds } => {
                self.note(&format!("{user} answers after {seconds:.1} s"));
            }
            LocalEvent::Equipped {
                user,
                with,
                is_done,
            } => match (with, is_done) {
                (Equipment::Repository(url), true) => self.note(&format!("{user}: cloned {url}")),
                (Equipment::Repository(url), false) => {
                    self.warn(&format!("{user}: cannot clone {url}"));
                }
                (Equipment::Installed(what), true) => {
                    self.note(&format!("{user}: installed {what}"));
                }
                (Equipment::Installed(what), false) => {
                    self.warn(&format!("{user}: cannot install {what}"));
                }
            },
            LocalEvent::Running => self.note("Press Ctrl-C to take everything down."),
            LocalEvent::TakingDown => self.note("taking everything down"),
            LocalEvent::Building { revision, commit } => self.note(&format!(
                "building {revision} ({})",
                commit.get(..9).unwrap_or(commit)
            )),
            LocalEvent::NewStack { revision, stack } => self.note(&format!(
                "{revision} has no stack {stack}: everything is new"
            )),
            LocalEvent::OtherStack { revision, stack } => {
                self.detail(&format!("{revision} also has the stack {stack}"));
            }
            LocalEvent::NoGit => self.note("git is not installed: no repository was initialized"),
            LocalEvent::NoRepository => self.warn("git could not initialize a repository"),
        }
    }

    fn give(&self, preview: &Reachable) -> Result<(), Failure> {
        let mut table = Table::new(vec!["NAME", "PASSWORD", "URL"]);
        for user in &preview.users {
            table.push(user.to_vec());
        }
        self.print(&format!(
            "{table}The dashboard accepts any of these logins: {}\n",
            preview.dashboard
        ))
    }
}
