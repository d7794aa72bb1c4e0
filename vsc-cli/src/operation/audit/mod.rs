//! `audit`: who signed in, was denied, opened a workspace, shared a port or signed out, as the host recorded it.

#[cfg(test)]
mod tests;

use serde_json::Value;

use super::each::Target;
use super::logs::age;
use super::on_host::{self, SCRIPTS};
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::host;
use crate::aws::session::Session;
use crate::aws::shell::argument;

/// What is asked of the record.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    /// Only entries of this person or workspace.
    pub(crate) user: Option<String>,
    /// Only entries from this time on.
    pub(crate) since: Option<Since>,
    /// The most entries.
    pub(crate) lines: u16,
}

/// The time of the oldest entries, as the script on the host takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Since(String);

impl Since {
    /// Reads an age (`2h`), a day (`2026-11-01`) or a time in UTC (`2026-11-01T09:00Z`).
    pub(crate) fn of(text: &str) -> Option<Self> {
        if let Some(seconds) = age(text) {
            return Some(Self(format!("-{seconds}")));
        }
        // Times are compared as strings: a shorter one is the beginning of its day, hour or minute.
        let time = text.strip_suffix(['Z', 'z']).unwrap_or(text);
        let time = time.replace([' ', 't'], "T");
        let form = "dddd-dd-ddTdd:dd:dd";
        let fits = [10, 16, 19].contains(&time.len())
            && time
                .bytes()
                .zip(form.bytes())
                .all(|(byte, form)| match form {
                    b'd' => byte.is_ascii_digit(),
                    form => byte == form,
                });
        fits.then_some(Self(time))
    }
}

/// An entry of the record. The strings come from clients, and are escaped where they are printed.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// In UTC, such as `2026-11-29T19:20:01.123456Z`.
    pub(crate) time: String,
    pub(crate) event: String,
    pub(crate) person: Option<String>,
    pub(crate) workspace: Option<String>,
    pub(crate) address: Option<String>,
    /// What fits to the event: key and value.
    pub(crate) details: Vec<(String, String)>,
}

impl Entry {
    /// Reads a line of the record; none in another form, of a newer host.
    fn of(line: &str) -> Option<Self> {
        let Value::Object(mut members) = serde_json::from_str(line).ok()? else {
            return None;
        };
        let mut text = |key: &str| match members.remove(key) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let (time, event) = (text("time")?, text("event")?);
        let (person, workspace, address) = (text("person"), text("workspace"), text("address"));
        let details = members.into_iter().map(|(key, value)| match value {
            Value::String(text) => (key, text),
            other => (key, other.to_string()),
        });
        let mut details: Vec<_> = details.collect();
        details.sort();
        Some(Self {
            time,
            event,
            person,
            workspace,
            address,
            details,
        })
    }

    /// A value of the details.
    pub(crate) fn detail(&self, key: &str) -> Option<&str> {
        let found = self.details.iter().find(|(name, _)| name == key);
        found.map(|(_, value)| value.as_str())
    }
}

/// Entries from the oldest, and whether older ones were left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub(crate) entries: Vec<Entry>,
    pub(crate) has_more: bool,
}

/// The newest entries of the record on the host of a stack.
///
/// # Errors
///
/// When the host does not run, does not respond, or has no record.
pub(crate) fn run(target: &Target, stack: &Stack, query: &Query) -> Result<Record, Failure> {
    target.on(stack, async |session| read(session, stack, query).await)
}

async fn read(session: &Session, stack: &Stack, query: &Query) -> Result<Record, Failure> {
    let instance = on_host::running(session, stack).await?;
    let mut record = Record::default();
    loop {
        let missing = usize::from(query.lines).saturating_sub(record.entries.len());
        let before = record.entries.first().map(|entry| entry.time.as_str());
        let command = command(query, before, missing);
        let output = host::run(session, &instance.id, &command).await;
        let what = format!("the audit log of {} cannot be read", stack.name);
        let output = on_host::succeeded(stack, output, &what)?.output;
        let lines = output.strip_prefix("more\n");
        record.has_more = lines.is_some();
        let lines = lines.unwrap_or(&output).lines();
        let mut entries: Vec<Entry> = lines.filter_map(Entry::of).take(missing).collect();
        let is_last = !record.has_more || entries.is_empty() || entries.len() >= missing;
        entries.append(&mut record.entries);
        record.entries = entries;
        if is_last {
            return Ok(record);
        }
    }
}

/// The command for a page, which ends before a time. Run Command cuts longer outputs.
fn command(query: &Query, before: Option<&str>, count: usize) -> String {
    let since = query.since.as_ref().map_or("", |since| since.0.as_str());
    let words = [
        query.user.as_deref().unwrap_or_default(),
        since,
        before.unwrap_or_default(),
    ];
    let words = words.map(argument).join(" ");
    format!("{SCRIPTS}/audit show {words} {count}")
}
