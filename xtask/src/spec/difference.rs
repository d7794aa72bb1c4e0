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

#[cfg(test)]
mod tests {
    use super::*;

    fn data(types: &[&str], files: [&str; FILES.len()]) -> Data {
        let types = types.iter().map(|name| ResourceType {
            name: (*name).to_owned(),
            ..ResourceType::default()
        });
        Data {
            types: types.collect(),
            rules: Vec::new(),
            files: files.map(|file| file.as_bytes().to_vec()),
        }
    }

    #[test]
    fn types_that_appear_or_vanish_are_named() {
        let tree = data(&["AWS::A::B", "AWS::A::C"], ["1", "", "", "", ""]);
        let made = data(&["AWS::A::C", "AWS::A::D"], ["2", "", "", "", ""]);
        let found = of(&tree, &made);
        let expected = Difference {
            file: "resources.bin",
            lines: vec!["- AWS::A::B".to_owned(), "+ AWS::A::D".to_owned()],
        };
        assert_eq!(found, [expected]);
        assert_eq!(found[0].shown(), "- AWS::A::B\n+ AWS::A::D\n");
        assert_eq!(of(&made, &made), []);
    }

    #[test]
    fn a_property_that_changes_is_named_with_its_type() {
        let tree = data(&["AWS::A::B"], ["1", "", "", "", ""]);
        let mut made = data(&["AWS::A::B"], ["2", "", "", "", ""]);
        made.types[0].read_only.push("Arn".to_owned());
        assert_eq!(of(&tree, &made)[0].lines, ["+ AWS::A::B: read-only: Arn"]);
    }

    #[test]
    fn lines_that_are_there_more_often_are_named() {
        let tree = data(&[], ["", "", "", "r\na 1\na 1\nb 2\n", ""]);
        let made = data(&[], ["", "", "", "r\na 1\nb 3\n", ""]);
        let [found] = of(&tree, &made).try_into().expect("one file differs");
        assert_eq!(found.file, "instances.txt");
        assert_eq!(found.lines, ["- a 1", "- b 2", "+ b 3"]);
        assert_eq!(of_text("SOURCES.md", "a\n", "a\n"), None);
    }

    #[test]
    fn actions_are_named_one_by_one() {
        assert_eq!(
            actions(&["s3 GetObject PutObject".to_owned()]),
            ["s3:GetObject", "s3:PutObject"]
        );
    }

    #[test]
    fn what_is_shown_is_as_much_as_a_person_reads() {
        let of = |lines| Difference {
            file: "resources.bin",
            lines,
        };
        let many = of(vec!["+ a".to_owned(); LINES + 2]).shown();
        assert_eq!(many.lines().count(), LINES + 1);
        assert!(many.ends_with("\n… and 2 more\n"), "{many}");
        let long = of(vec!["é".repeat(WIDTH + 1)]).shown();
        assert_eq!(long, "é".repeat(WIDTH) + "…\n");
        assert_eq!(
            of(Vec::new()).shown(),
            "the facts are the same, and packed otherwise\n"
        );
    }
}
