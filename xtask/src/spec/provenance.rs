//! `sources.json`: which version of which source the data is from, how much of what it gave, and the
//! digest of each file. It pins the versions, and tests, pages and people read it.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::data::{self, Data, FILES};
use super::floor::{Counts, QUANTITIES};
use super::source::Source;

/// The name of the file.
pub(super) const FILE: &str = "sources.json";

#[derive(Debug, PartialEq)]
pub(super) struct Provenance(Value);

/// A source at a version.
pub(super) struct Pinned {
    pub(super) source: &'static Source,
    pub(super) version: String,
    /// The day of its data.
    pub(super) date: String,
}

impl Provenance {
    /// Describes data.
    pub(super) fn new(pinned: &[Pinned], data: &Data, dropped: &[String]) -> Self {
        let counts = data.counts();
        let sources = pinned.iter().map(|pinned| {
            let Pinned {
                source,
                version,
                date,
            } = pinned;
            let own = QUANTITIES.iter().zip(counts);
            let own = own.filter(|(quantity, _)| quantity.source == *source);
            let own: Map<String, Value> = own
                .map(|(quantity, count)| (quantity.name.to_owned(), json!(count)))
                .collect();
            json!({
                "name": source.name,
                "version": version,
                "date": date,
                "licence": source.licence,
                "url": source.url,
                "counts": own,
            })
        });
        let digests = FILES.into_iter().map(|file| {
            let digest = digest(data.file(file));
            (file.to_owned(), Value::String(digest))
        });
        Self(json!({
            "sources": sources.collect::<Vec<_>>(),
            "rules with constraints": data.rules,
            "patterns left out": dropped,
            "sha256": digests.collect::<Map<_, _>>(),
        }))
    }

    /// Reads that of the tree.
    pub(super) fn read(root: &Path) -> Result<Self, String> {
        let path = data::folder(root).join(FILE);
        let text =
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Self::parse(&text)
    }

    /// Reads a text.
    ///
    /// # Errors
    ///
    /// When it is not JSON.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let parsed = serde_json::from_str(text);
        parsed.map(Self).map_err(|error| format!("{FILE}: {error}"))
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        format!("{:#}\n", self.0)
    }

    /// Each source with its version.
    pub(super) fn packages(&self) -> Vec<String> {
        let sources = self.0["sources"].as_array().into_iter().flatten();
        let text = |source: &Value, member: &str| source[member].as_str().unwrap_or("?").to_owned();
        sources
            .map(|source| format!("{} {}", text(source, "name"), text(source, "version")))
            .collect()
    }

    /// The version of a source.
    pub(super) fn version(&self, source: &Source) -> Result<&str, String> {
        self.of(source, "version")
    }

    /// The day of the data of a source.
    pub(super) fn date(&self, source: &Source) -> Result<&str, String> {
        self.of(source, "date")
    }

    fn of(&self, source: &Source, member: &str) -> Result<&str, String> {
        let value = self.source(source.name)?[member].as_str();
        value.ok_or_else(|| format!("{FILE}: {} has no {member}", source.name))
    }

    fn source(&self, name: &str) -> Result<&Value, String> {
        let sources = self.0["sources"].as_array();
        let mut sources = sources.into_iter().flatten();
        sources
            .find(|known| known["name"] == name)
            .ok_or_else(|| format!("{FILE}: there is no source {name}"))
    }

    /// How much there is of each quantity.
    pub(super) fn counts(&self) -> Result<Counts, String> {
        let mut counts = Counts::default();
        for (count, quantity) in counts.iter_mut().zip(&QUANTITIES) {
            let source = self.source(quantity.source.name)?;
            let found = source["counts"][quantity.name].as_u64();
            let found = found.and_then(|found| usize::try_from(found).ok());
            *count =
                found.ok_or_else(|| format!("{FILE}: there is no count of {}", quantity.name))?;
        }
        Ok(counts)
    }

    /// The count of one quantity.
    pub(super) fn count(&self, name: &str) -> Result<usize, String> {
        let counts = self.counts()?;
        let named = QUANTITIES.iter().zip(counts);
        let mut named = named.filter(|(quantity, _)| quantity.name == name);
        let (_, count) = named
            .next()
            .ok_or_else(|| format!("nothing counts {name}"))?;
        Ok(count)
    }

    /// The rules of cfn-lint whose documents are constraints.
    pub(super) fn rules(&self) -> Vec<String> {
        strings(&self.0["rules with constraints"])
    }

    /// The patterns that are left out.
    pub(super) fn dropped(&self) -> Vec<String> {
        strings(&self.0["patterns left out"])
    }
}

fn strings(list: &Value) -> Vec<String> {
    let list = list.as_array().into_iter().flatten();
    let strings = list.filter_map(Value::as_str);
    strings.map(str::to_owned).collect()
}

fn digest(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::difference;
    use crate::spec::source::CFN_LINT;
    use crate::workspace;

    impl Provenance {
        /// The files that are not those whose digests these are, and why not.
        fn changed(&self, data: &Data) -> Vec<String> {
            let changed = FILES.into_iter().filter_map(|file| {
                let stated = self.0["sha256"][file].as_str().unwrap_or("nothing");
                let found = digest(data.file(file));
                (stated != found)
                    .then(|| format!("{file}: SHA-256 {found}, {FILE} states {stated}"))
            });
            changed.collect()
        }
    }

    fn tree() -> (Provenance, Data) {
        let provenance = Provenance::read(&workspace()).expect("it is there");
        let data = Data::of_tree(&workspace(), provenance.rules());
        (provenance, data)
    }

    /// What somebody takes out of the data, or a merge leaves of it, is noticed without the sources.
    #[test]
    fn the_data_is_what_was_made_of_the_sources() {
        let (provenance, data) = tree();
        assert_eq!(
            provenance.changed(&data),
            Vec::<String>::new(),
            "run `cargo xtask spec`, do not edit the data"
        );
        assert_eq!(provenance.counts(), Ok(data.counts()));
    }

    #[test]
    fn a_constraint_that_is_taken_out_changes_count_and_digest() {
        let (provenance, mut data) = tree();
        let before = provenance.counts().expect("all are there");
        let instance = data.types.iter_mut();
        let mut instance = instance.filter(|known| known.name == "AWS::RDS::DBInstance");
        let instance = instance.next().expect("it is there");
        instance.constraints.pop().expect("it has some");
        data.files[0] = crate::spec::schemas::catalog(&data.types).expect("it is packed");
        let after = data.counts();
        let fewer: Vec<&str> = QUANTITIES
            .iter()
            .zip(before.iter().zip(after))
            .filter(|(_, (before, after))| *before != after)
            .map(|(quantity, _)| quantity.name)
            .collect();
        assert_eq!(fewer, ["constraints"]);
        let changed = provenance.changed(&data);
        assert_eq!(changed.len(), 1, "{changed:?}");
        assert!(
            changed[0].starts_with("resources.bin: SHA-256 "),
            "{changed:?}"
        );

        let (_, whole) = tree();
        let [found] = difference::of(&data, &whole)
            .try_into()
            .expect("one file differs");
        assert_eq!(found.file, "resources.bin");
        let [line] = found.lines.as_slice() else {
            panic!("one constraint is missing: {found:?}");
        };
        assert!(
            line.starts_with("+ AWS::RDS::DBInstance: constraint: "),
            "{line}"
        );
    }

    /// A file that nothing makes would rot.
    #[test]
    fn each_file_of_the_data_is_made_by_a_command() {
        let folder = data::folder(&workspace());
        let files = fs::read_dir(folder).expect("it is a folder");
        let files = files.map(|file| file.expect("it is readable").file_name());
        let mut files: Vec<String> = files.filter_map(|name| name.into_string().ok()).collect();
        files.sort();
        // `cargo xtask images` and `cargo xtask unicode` make the first two, of a registry and of a crate.
        let mut made = vec!["images.txt", "unicode.bin", FILE, "SOURCES.md"];
        made.extend(FILES);
        made.sort_unstable();
        assert_eq!(files, made);
    }

    #[test]
    fn what_is_missing_is_named() {
        assert!(
            Provenance::parse("{")
                .expect_err("it is not JSON")
                .starts_with("sources.json: EOF")
        );
        let empty = Provenance::parse("{}").expect("it is JSON");
        let error = "sources.json: there is no source cfn-lint".to_owned();
        assert_eq!(empty.version(&CFN_LINT), Err(error.clone()));
        assert_eq!(empty.counts(), Err(error));
        let bare = r#"{"sources": [{"name": "cfn-lint", "counts": {}}]}"#;
        let bare = Provenance::parse(bare).expect("it is JSON");
        assert_eq!(
            bare.version(&CFN_LINT),
            Err("sources.json: cfn-lint has no version".to_owned())
        );
        assert_eq!(
            bare.counts(),
            Err("sources.json: there is no count of resource types".to_owned())
        );
    }

    #[test]
    fn a_provenance_reads_what_it_writes() {
        let (provenance, data) = tree();
        let pinned = Pinned {
            source: &CFN_LINT,
            version: "1.58.0".to_owned(),
            date: "2026-10-20".to_owned(),
        };
        let dropped = ["(?i)a".to_owned()];
        let written = Provenance::new(&[pinned], &data, &dropped);
        let read = Provenance::parse(&written.text()).expect("it is JSON");
        assert_eq!(read, written);
        assert_eq!(read.version(&CFN_LINT), Ok("1.58.0"));
        assert_eq!(read.date(&CFN_LINT), Ok("2026-10-20"));
        assert_eq!(read.dropped(), dropped);
        assert_eq!(read.rules(), provenance.rules());
        assert!(read.changed(&data).is_empty());
    }
}
