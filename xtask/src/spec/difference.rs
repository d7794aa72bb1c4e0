//! What differs between the data in the tree and the data that the sources give.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use vsc_spec::resource::ResourceType;

use super::data::{Data, FILES};
use super::facts;

/// How many lines are printed for a file.
const LINES: usize = 40;

/// How many characters of a fact are printed: constraints may be long.
const WIDTH: usize = 200;

/// A file that differs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) file: &'static str,
    /// Facts: `-` in the tree alone, `+` in the sources alone.
    pub(super) lines: Vec<String>,
}

/// The files of which a byte differs.
pub(super) fn of(tree: &Data, made: &Data) -> Vec<Difference> {
    let differs = FILES
        .into_iter()
        .filter(|file| tree.file(file) != made.file(file));
    differs
        .map(|file| {
            let lines = match file {
                "resources.bin" => of_types(&tree.types, &made.types),
                "actions.bin" => of_lines(&actions(&tree.lines(file)), &actions(&made.lines(file))),
                _ => of_lines(&tree.lines(file), &made.lines(file)),
            };
            Difference { file, lines }
        })
        .collect()
}

/// The difference of a file of text.
pub(super) fn of_text(file: &'static str, tree: &str, made: &str) -> Option<Difference> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    (tree != made).then(|| Difference {
        file,
        lines: of_lines(&lines(tree), &lines(made)),
    })
}

impl Difference {
    /// The lines, as many as a person reads.
    pub(super) fn shown(&self) -> String {
        let mut shown = String::new();
        for line in self.lines.iter().take(LINES) {
            let cut: String = line.chars().take(WIDTH).collect();
            let more = if cut.len() < line.len() { "…" } else { "" };
            let _ = writeln!(shown, "{cut}{more}");
        }
        if self.lines.is_empty() {
            shown.push_str("the facts are the same, and packed otherwise\n");
        } else if self.lines.len() > LINES {
            let _ = writeln!(shown, "… and {} more", self.lines.len() - LINES);
        }
        shown
    }
}

fn of_types(tree: &[ResourceType], made: &[ResourceType]) -> Vec<String> {
    let by_name = |types| -> BTreeMap<&str, &ResourceType> {
        let types: &[ResourceType] = types;
        types
            .iter()
            .map(|known| (known.name.as_str(), known))
            .collect()
    };
    let (tree, made) = (by_name(tree), by_name(made));
    let mut lines = Vec::new();
    for name in tree.keys().filter(|name| !made.contains_key(*name)) {
        lines.push(format!("- {name}"));
    }
    for (name, of_made) in made {
        match tree.get(name) {
            None => lines.push(format!("+ {name}")),
            Some(of_tree) if *of_tree == of_made => {}
            Some(of_tree) => {
                let facts = of_lines(&facts::lines(of_tree), &facts::lines(of_made));
                let facts = facts.iter().filter_map(|fact| fact.split_at_checked(2));
                lines.extend(facts.map(|(sign, fact)| format!("{sign}{name}: {fact}")));
            }
        }
    }
    lines
}

/// An action a line: a service has hundreds in one.
fn actions(services: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for service in services {
        let mut words = service.split(' ');
        let prefix = words.next().unwrap_or_default();
        all.extend(words.map(|action| format!("{prefix}:{action}")));
    }
    all
}

/// Lines that one side has more often than the other, in their order.
fn of_lines(tree: &[String], made: &[String]) -> Vec<String> {
    let mut lines = without('-', tree, made);
    lines.extend(without('+', made, tree));
    lines
}

fn without(sign: char, lines: &[String], others: &[String]) -> Vec<String> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for other in others {
        *left.entry(other).or_default() += 1;
    }
    let is_alone = |line: &&String| match left.get_mut(line.as_str()) {
        Some(count @ 1..) => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let alone = lines.iter().filter(is_alone);
    alone.map(|line| format!("{sign} {line}")).collect()
}
