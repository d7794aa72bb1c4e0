//! The graph of modules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::source::SourceFile;

/// A use of a module, or of a crate, by another module.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Arrow {
    file: String,
    line: usize,
    from: String,
    to: String,
}

impl fmt::Display for Arrow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            from,
            to,
        } = self;
        write!(f, "src/{file}:{line}: {from} → {to}")
    }
}

impl Arrow {
    fn folders(&self) -> (&str, &str) {
        let top = |module| str::split(module, "::").next().unwrap_or_default();
        (top(&self.from), top(&self.to))
    }
}

/// The modules of a program.
#[derive(Debug)]
pub(crate) struct Modules {
    files: Vec<SourceFile>,
    /// The paths of all modules.
    names: BTreeSet<Vec<String>>,
    /// Names that the root makes available from a module.
    reexports: BTreeMap<String, Vec<String>>,
}

impl Modules {
    /// The modules of these files, without those of tests.
    pub(crate) fn of(mut files: Vec<SourceFile>) -> Self {
        let tests: BTreeSet<Vec<String>> = files
            .iter()
            .flat_map(|file| {
                let named = file.test_modules.iter();
                named.map(|name| [file.module.as_slice(), std::slice::from_ref(name)].concat())
            })
            .collect();
        let is_of_tests =
            |module: &[String]| (1..=module.len()).any(|length| tests.contains(&module[..length]));
        files.retain(|file| !is_of_tests(&file.module));
        let names: BTreeSet<Vec<String>> = files.iter().map(|file| file.module.clone()).collect();
        let root = files.iter().filter(|file| file.module.is_empty());
        let reexports = root.flat_map(|file| &file.paths).filter_map(|(_, path)| {
            let name = path.last()?.clone();
            (names.contains(&path[..1])).then(|| (name, path.clone()))
        });
        let reexports = reexports.collect();
        Self {
            files,
            names,
            reexports,
        }
    }

    /// Whether there is such a module.
    pub(crate) fn has(&self, module: &str) -> bool {
        let module: Vec<String> = module.split("::").map(str::to_owned).collect();
        self.names.contains(&module)
    }

    /// The module that a path names, as seen from a module.
    fn resolve(&self, from: &[String], path: &[String]) -> Option<String> {
        let mut absolute: Vec<String> = match path.first()?.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => from.to_vec(),
            _ => return None,
        };
        for name in path {
            match name.as_str() {
                "crate" | "self" => {}
                "super" => drop(absolute.pop()),
                name => absolute.push(name.to_owned()),
            }
        }
        if let Some(path) = absolute.first().and_then(|name| self.reexports.get(name))
            && !self.names.contains(&absolute[..1])
        {
            absolute.clone_from(path);
        }
        let known = (1..=absolute.len()).rev();
        let mut known = known.map(|length| &absolute[..length]);
        let known = known.find(|module| self.names.contains(*module))?;
        Some(known.join("::"))
    }

    /// All uses of modules by others.
    pub(crate) fn arrows(&self) -> Vec<Arrow> {
        let mut arrows = BTreeSet::new();
        for file in self.files.iter().filter(|file| !file.module.is_empty()) {
            let from = file.module.join("::");
            for (line, path) in &file.paths {
                let to = self.resolve(&file.module, path);
                arrows.extend(to.filter(|to| *to != from).map(|to| Arrow {
                    file: file.path.clone(),
                    line: *line,
                    from: from.clone(),
                    to,
                }));
            }
        }
        arrows.into_iter().collect()
    }

    /// The modules of no layer.
    pub(crate) fn without_layer(&self, layers: &[&str]) -> Vec<String> {
        let modules = self.names.iter().filter(|module| !module.is_empty());
        let modules = modules.map(|module| module.join("::"));
        modules.filter(|it| layer(layers, it).is_none()).collect()
    }

    /// The arrows to a layer above that of the module.
    pub(crate) fn upwards(&self, layers: &[&str]) -> Vec<Arrow> {
        let mut arrows = self.arrows();
        arrows.retain(|arrow| layer(layers, &arrow.from) < layer(layers, &arrow.to));
        arrows
    }

    /// The arrows between top folders that reach each other.
    pub(crate) fn ring(&self) -> Vec<Arrow> {
        let arrows = self.arrows();
        let between: BTreeSet<(&str, &str)> = arrows
            .iter()
            .map(Arrow::folders)
            .filter(|(from, to)| from != to)
            .collect();
        let reaches = |start: &str, end: &str| {
            let mut reached = vec![start];
            let mut index = 0;
            while let Some(&folder) = reached.get(index) {
                let next = between.iter().filter(|(from, _)| *from == folder);
                for (_, to) in next {
                    if !reached.contains(to) {
                        reached.push(to);
                    }
                }
                index += 1;
            }
            reached.contains(&end)
        };
        let is_of_ring = |arrow: &&Arrow| {
            let (from, to) = arrow.folders();
            from != to && reaches(to, from)
        };
        arrows.iter().filter(is_of_ring).cloned().collect()
    }

    /// Uses of crates outside of their layers.
    pub(crate) fn strangers(&self, layers: &[&str], crates: &[(&str, &[&str])]) -> Vec<Arrow> {
        let mut arrows = BTreeSet::new();
        for file in &self.files {
            let from = file.module.join("::");
            let own = layer(layers, &from).and_then(|index| layers.get(index));
            for (line, path) in &file.paths {
                let used = crates.iter().find(|(name, _)| path[0] == *name);
                if let (Some((name, allowed)), Some(own)) = (used, own)
                    && !allowed.contains(own)
                {
                    arrows.insert(Arrow {
                        file: file.path.clone(),
                        line: *line,
                        from: from.clone(),
                        to: (*name).to_owned(),
                    });
                }
            }
        }
        arrows.into_iter().collect()
    }
}

/// The layer of a module: the one with the longest prefix of its path.
fn layer(layers: &[&str], module: &str) -> Option<usize> {
    let is_prefix = |layer: &str| {
        let rest = module.strip_prefix(layer);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    };
    let mut known: Vec<(usize, usize)> = layers
        .iter()
        .enumerate()
        .filter(|(_, layer)| is_prefix(layer))
        .map(|(index, layer)| (layer.len(), index))
        .collect();
    known.sort_unstable();
    known.last().map(|(_, index)| *index)
}
