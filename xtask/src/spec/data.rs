//! What is packed: the facts, and the files that hold them.

use std::collections::HashSet;
use std::fs;
use std::io::Read as _;
use std::path::Path;

use flate2::read::DeflateDecoder;
use vsc_spec::resource::{self, Keyword, ResourceType, Schema};

use super::facts::children;
use super::floor::Counts;
use super::resource_options;

/// The files that are made of the sources.
pub(super) const FILES: [&str; 5] = [
    "resources.bin",
    "actions.bin",
    "runtimes.txt",
    "instances.txt",
    "timezones.txt",
];

/// The data, made or read.
pub(super) struct Data {
    /// In the order of names; an attribute that is packed like a type has a name that begins with `#`.
    pub(super) types: Vec<ResourceType>,
    /// The rules of cfn-lint whose documents are constraints.
    pub(super) rules: Vec<String>,
    /// The content of each of [`FILES`].
    pub(super) files: [Vec<u8>; FILES.len()],
}

impl Data {
    /// What is in the tree. The types are those that `vsc-spec` loads: cargo builds it of the same files.
    pub(super) fn of_tree(root: &Path, rules: Vec<String>) -> Self {
        let mut files = [const { Vec::new() }; FILES.len()];
        for (content, name) in files.iter_mut().zip(FILES) {
            // A file that is missing is one without facts.
            *content = fs::read(folder(root).join(name)).unwrap_or_default();
        }
        let names = resource::names().chain(resource_options::NAMES);
        let mut types: Vec<ResourceType> = names.filter_map(resource::find).collect();
        types.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            types,
            rules,
            files,
        }
    }

    /// The content of a file.
    pub(super) fn file(&self, name: &str) -> &[u8] {
        let index = FILES.iter().position(|file| *file == name);
        index.map_or(&[], |index| &self.files[index])
    }

    /// The lines of a file of text, deflated or not.
    pub(super) fn lines(&self, name: &str) -> Vec<String> {
        let content = self.file(name);
        let mut text = String::from_utf8_lossy(content).into_owned();
        if name == "actions.bin" {
            text.clear();
            // What cannot be inflated has no lines, and so differs in all.
            let _ = DeflateDecoder::new(content).read_to_string(&mut text);
        }
        text.lines().map(str::to_owned).collect()
    }

    /// How many facts there are.
    pub(super) fn counts(&self) -> Counts {
        let types = self
            .types
            .iter()
            .filter(|known| !known.name.starts_with('#'));
        let mut of_types = OfTypes::default();
        types.for_each(|known| of_types.add(known));
        let actions = self.lines("actions.bin");
        let words = actions.iter().map(|line| line.split(' ').count());
        let below_the_first = |name: &str| self.lines(name).len().saturating_sub(1);
        let instances = self.lines("instances.txt");
        let regions = instances.first().map_or(0, |line| line.split(' ').count());
        [
            of_types.types,
            of_types.properties,
            of_types.attributes,
            of_types.patterns,
            of_types.enums,
            of_types.formats.len(),
            of_types.constraints,
            self.rules.len(),
            actions.len(),
            words.sum::<usize>() - actions.len(),
            below_the_first("runtimes.txt"),
            regions,
            instances.len().saturating_sub(1),
            below_the_first("timezones.txt"),
        ]
    }
}

/// Where the data is.
pub(super) fn folder(root: &Path) -> std::path::PathBuf {
    root.join("vsc-spec/data")
}

#[derive(Default)]
struct OfTypes {
    types: usize,
    properties: usize,
    attributes: usize,
    patterns: usize,
    enums: usize,
    formats: HashSet<String>,
    constraints: usize,
}

impl OfTypes {
    /// Counts what the schema of a type says, with the definitions that it refers to. Constraints refer to
    /// documents that many types share: they count as one each.
    fn add(&mut self, resource: &ResourceType) {
        self.types += 1;
        self.attributes += resource.attributes.len();
        self.constraints += resource.constraints.len();
        let mut seen = HashSet::new();
        let mut open: Vec<&Schema> = vec![&resource.properties];
        while let Some(schema) = open.pop() {
            for rule in &schema.rules {
                match rule {
                    Keyword::Properties(members) => self.properties += members.len(),
                    Keyword::Pattern(_) => self.patterns += 1,
                    Keyword::Enum(_) | Keyword::EnumAnyCase(_) => self.enums += 1,
                    Keyword::Format(format) => {
                        self.formats.insert(format.clone());
                    }
                    Keyword::Definition(index) if seen.insert(*index) => {
                        open.push(resource.definition(*index));
                    }
                    _ => {}
                }
                open.extend(children(rule).into_iter().map(|(_, schema)| schema));
            }
        }
    }
}
