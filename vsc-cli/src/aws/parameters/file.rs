//! Parameters files: TOML with one value per line, sorted, fit for git; and the JSON of other tools,
//! read only.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use toml::de::{DeTable, DeValue};

use super::json::{self, Given};
use crate::Failure;
use crate::text::shown;
use vsc_core::file;

/// The header of a file that we create.
const HEAD: &str =
    "# Answers given when this stack was deployed. Secrets are never written here.\n";

/// A parameters file. Its comments are kept.
#[derive(Clone, Debug)]
pub(crate) struct ParameterFile {
    path: PathBuf,
    text: String,
    values: BTreeMap<String, String>,
    /// The parameters with `UsePreviousValue`.
    previous: BTreeSet<String>,
}

impl ParameterFile {
    /// Reads a file; empty if it does not exist.
    pub(crate) fn read_if_there(path: PathBuf) -> Result<Self, Failure> {
        match fs::read(&path) {
            Ok(bytes) => Self::decode(path, bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self {
                path,
                text: String::new(),
                values: BTreeMap::new(),
                previous: BTreeSet::new(),
            }),
            Err(error) => Err(failed(&path, &error)),
        }
    }

    /// Reads a file that must exist.
    pub(crate) fn read(path: PathBuf) -> Result<Self, Failure> {
        let bytes = fs::read(&path).map_err(|error| failed(&path, &error))?;
        Self::decode(path, bytes)
    }

    /// Decodes a file, without a byte order mark.
    fn decode(path: PathBuf, bytes: Vec<u8>) -> Result<Self, Failure> {
        let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
        let text = String::from_utf8(bytes).map_err(|_| {
            let found = if is_wide { ": it is UTF-16" } else { "" };
            Failure::input(format!("{}: the file is not UTF-8{found}", shown(&path)))
                .hint("save it as UTF-8")
        })?;
        let text = text
            .strip_prefix('\u{feff}')
            .map(str::to_owned)
            .unwrap_or(text);
        Self::parse(path, text)
    }

    fn parse(path: PathBuf, text: String) -> Result<Self, Failure> {
        let given = if is_json(&path, &text) {
            json::read(&text).map_err(|mistake| {
                Failure::input(format!(
                    "{}:{}:{}: {}",
                    shown(&path),
                    mistake.position.line,
                    mistake.position.column,
                    mistake.diagnostic
                ))
            })?
        } else {
            Given {
                values: toml(&path, &text)?,
                ..Given::default()
            }
        };
        let Given { values, previous } = given;
        Ok(Self {
            path,
            text,
            values,
            previous,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn values(&self) -> &BTreeMap<String, String> {
        &self.values
    }

    pub(crate) fn previous(&self) -> &BTreeSet<String> {
        &self.previous
    }

    /// Adds a value, or changes it in place, and keeps everything else.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        if self.values.get(name).is_some_and(|known| known == value) {
            return;
        }
        let line = format!("{name} = {}", quoted(value));
        let mut lines: Vec<String> = self.text.lines().map(str::to_owned).collect();
        match lines.iter().position(|line| key(line) == Some(name)) {
            Some(line_number) => lines[line_number] = line,
            None => {
                let after = lines
                    .iter()
                    .position(|line| key(line).is_some_and(|key| key > name));
                // A comment belongs to the line below it.
                let line_number = after.map_or(lines.len(), |mut line_number| {
                    while line_number > 0
                        && lines[line_number - 1].starts_with('#')
                        && line_number > 1
                    {
                        line_number -= 1;
                    }
                    line_number
                });
                lines.insert(line_number, line);
            }
        }
        self.text = lines.join("\n") + "\n";
        self.values.insert(name.to_owned(), value.to_owned());
    }

    /// Writes the file atomically.
    pub(crate) fn write(&self) -> Result<(), Failure> {
        let new = !self.path.exists();
        let text = if new {
            format!("{HEAD}{}", self.text)
        } else {
            self.text.clone()
        };
        file::replace(&self.path, &text).map_err(|error| failed(&self.path, &error))
    }
}

/// Whether a file is JSON: by its extension, or else by its beginning.
fn is_json(path: &Path, text: &str) -> bool {
    let extension = path
        .extension()
        .map(|it| it.to_string_lossy().to_ascii_lowercase());
    match extension.as_deref() {
        Some("json") => true,
        Some("toml") => false,
        _ => {
            let text = text.trim_start();
            let inner = text.strip_prefix('[').map(str::trim_start);
            // A table of TOML begins with a bracket as well, and a bare name.
            text.starts_with('{') || inner.is_some_and(|it| it.starts_with(['{', '"', ']']))
        }
    }
}

/// Parses the values of a TOML file.
fn toml(path: &Path, text: &str) -> Result<BTreeMap<String, String>, Failure> {
    let table = DeTable::parse(text).map_err(|error| {
        Failure::input(format!("{}: {}", shown(path), error.to_string().trim_end()))
            .hint("write one value per line: VpcId = \"vpc-0a1b2c3d4e5f67890\"")
    })?;
    let mut values = BTreeMap::new();
    for (name, value) in table.get_ref() {
        let name = name.get_ref().as_ref();
        let Some(value) = flat(value.get_ref()) else {
            return Err(Failure::input(format!(
                "{}: {name} is neither a scalar nor a list of scalars",
                shown(path)
            ))
            .hint(format!("write {name} = \"…\"")));
        };
        values.insert(name.to_owned(), value);
    }
    Ok(values)
}

/// The key of a line, if it has one.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim().trim_matches('"');
    (!key.is_empty() && !key.starts_with('#')).then_some(key)
}

fn quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for letter in value.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            // Writing into a string cannot fail.
            control if control.is_control() => _ = write!(text, "\\u{:04X}", u32::from(control)),
            letter => text.push(letter),
        }
    }
    text.push('"');
    text
}

/// A value in CloudFormation's form: lists are joined by commas.
fn flat(value: &DeValue<'_>) -> Option<String> {
    Some(match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| flat(item.get_ref()));
            items.collect::<Option<Vec<_>>>()?.join(",")
        }
        DeValue::Datetime(_) | DeValue::Table(_) => return None,
    })
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::input(format!("{}: {error}", shown(path)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> ParameterFile {
        ParameterFile::parse(PathBuf::from("acme.parameters.toml"), text.to_owned())
            .expect("it can be read")
    }

    #[test]
    fn setting_a_value_keeps_comments_and_order() {
        let mut file = file(
            "# ours\nSourceIP = \"203.0.113.0/24\" # the office\n# the network\nVpcId = \"vpc-1\"\n",
        );
        file.set("SubnetId", "subnet-1");
        file.set("VpcId", "vpc-2");
        file.set("ZoneId", "Z\"1");
        assert_eq!(
            file.text,
            "# ours\nSourceIP = \"203.0.113.0/24\" # the office\nSubnetId = \"subnet-1\"\n# the network\nVpcId = \"vpc-2\"\nZoneId = \"Z\\\"1\"\n"
        );
        let again = super::tests::file(&file.text);
        assert_eq!(again.values, file.values);
    }

    #[test]
    fn lists_and_numbers_become_strings() {
        let file = file("Groups = [\"sg-1\", \"sg-2\"]\nCount = 3\nOn = true\n");
        let values: Vec<&str> = file.values.values().map(String::as_str).collect();
        assert_eq!(values, ["3", "sg-1,sg-2", "true"]);
    }

    #[test]
    fn a_file_may_have_a_byte_order_mark_and_no_extension() {
        let read =
            |name: &str, bytes: &[u8]| ParameterFile::decode(PathBuf::from(name), bytes.to_vec());
        for (name, text) in [
            (
                "a.json",
                "\u{feff}[{\"ParameterKey\":\"L\",\"ParameterValue\":\"x\"}]",
            ),
            ("a.JSON", "{\"L\":\"x\"}"),
            ("a", " [\"L=x\"]"),
            ("a.toml", "\u{feff}L = \"x\""),
            ("a", "L = \"x\""),
        ] {
            let file = read(name, text.as_bytes()).expect(text);
            assert_eq!(
                file.values.get("L").map(String::as_str),
                Some("x"),
                "{text}"
            );
        }
        let reported = read("a.json", b"\xff\xfe{\x00").expect_err("it is not UTF-8");
        let reported = reported.text();
        assert!(
            reported.starts_with("a.json: the file is not UTF-8: it is UTF-16"),
            "{reported}"
        );
    }

    #[test]
    fn an_error_names_the_file_and_the_line() {
        let reported = ParameterFile::parse(PathBuf::from("x.toml"), "A = \nB = 1\n".to_owned());
        let reported = reported.expect_err("it is rejected").text();
        assert!(reported.starts_with("x.toml: "), "{reported}");
        assert!(reported.contains("line 1"), "{reported}");
    }
}
