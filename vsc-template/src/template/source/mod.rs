//! Reads templates in YAML or JSON, with the position of every value.

mod long_form;

use vsc_spec::document::{
    DocumentNode, DocumentValue, Mistake, Position, ReadOptions, Span, YamlSchema, json,
};
use vsc_spec::resource::{Step, Target};
use vsc_spec::{Diagnostic, Json};
pub use vsc_yaml::Repetition;

/// The limits of a template. The longest paths, through policies in nested functions, have some thirty
/// steps; aliases may repeat at most the contents of a template of full size.
const READ_OPTIONS: ReadOptions = ReadOptions {
    subject: "template",
    deepest: 100,
    schema: YamlSchema::CloudFormation,
    repeated: Some(100_000),
};

/// The most bytes that are read. CloudFormation accepts 1,000,000 (User Guide, "Quotas"); a template that
/// is packaged or processed first may be larger.
const LARGEST: usize = 8_000_000;

fn too_large(size: usize) -> SourceError {
    let diagnostic = Diagnostic::new(format!("the template is too large: {size} bytes"))
        .note(format!(
            "templates of up to {LARGEST} bytes are read; CloudFormation accepts up to 1000000"
        ))
        .help("split the stack");
    SourceError {
        position: Position { line: 1, column: 1 },
        diagnostic,
    }
}

/// A parsed template.
///
/// ```
/// use vsc_core::template::Source;
///
/// let text = "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties:\n      TopicName: !Sub ${AWS::StackName}-alarms\n";
/// let source = Source::read(text).expect("it is a template");
/// let topic = source.json().get("Resources").and_then(|resources| resources.get("Topic"));
/// let name = topic.and_then(|topic| topic.get("Properties")?.get("TopicName")?.get("Fn::Sub"));
/// assert_eq!(name.and_then(|name| name.as_str()), Some("${AWS::StackName}-alarms"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    json: Json,
    root: DocumentNode,
    size: usize,
    repetitions: Vec<(Position, Repetition)>,
}

/// A syntax error in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError {
    /// Its position.
    pub position: Position,
    /// The message, note and help.
    pub diagnostic: Diagnostic,
}

impl std::fmt::Display for SourceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Position { line, column } = self.position;
        write!(f, "{line}:{column}: {}", self.diagnostic)
    }
}

impl std::error::Error for SourceError {}

impl From<Mistake> for SourceError {
    fn from(
        Mistake {
            position,
            diagnostic,
        }: Mistake,
    ) -> Self {
        Self {
            position,
            diagnostic,
        }
    }
}

impl Source {
    /// Parses a template in YAML 1.1, as CloudFormation does, or in JSON, which begins with a brace.
    ///
    /// Functions are converted to their long forms: `!GetAtt Bucket.Arn` is
    /// `{"Fn::GetAtt": ["Bucket", "Arn"]}`. The order of the text is kept.
    ///
    /// # Errors
    ///
    /// When the text is neither, when a key is duplicated in an object, when it is nested too deeply, or
    /// when it is not an object.
    pub fn read(text: &str) -> Result<Self, SourceError> {
        let size = text.len();
        if size > LARGEST {
            return Err(too_large(size));
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (root, repetitions) = parse(text)?;
        let root = long_form::of(root);
        if !matches!(root.value, DocumentValue::Table(_)) {
            let diagnostic =
                Diagnostic::new(format!("a template is an object, not {}", root.value))
                    .help("write `Resources:` with the resources of the stack");
            let position = root.span.start;
            return Err(SourceError {
                position,
                diagnostic,
            });
        }
        let json = to_json(&root)?;
        Ok(Self {
            json,
            root,
            size,
            repetitions,
        })
    }

    /// The template, with all functions in their long forms.
    pub const fn json(&self) -> &Json {
        &self.json
    }

    /// The positions of aliases and merge keys, which are expanded.
    pub fn repetitions(&self) -> &[(Position, Repetition)] {
        &self.repetitions
    }

    /// The length of the text in bytes.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// The position of a value of the template, or of the name at the end of its path. For a path that
    /// does not exist, the position of its longest existing prefix.
    pub fn locate(&self, path: &[Step], target: Target) -> Position {
        self.span(path, target).start
    }

    /// The span of a value; see [`Source::locate`]. A list or object has the span of its name, if it has
    /// one.
    pub fn span(&self, path: &[Step], target: Target) -> Span {
        let mut node = &self.root;
        let mut name = None;
        let mut steps = path.iter();
        for step in &mut steps {
            let inside = match (&node.value, step) {
                (DocumentValue::Table(entries), Step::Key(key)) => {
                    let mut entries = entries.iter();
                    let entry = entries.find(|entry| entry.name == *key);
                    entry.map(|entry| (Some(entry.span), &entry.value))
                }
                (DocumentValue::List(items), Step::Index(index)) => {
                    items.get(*index).map(|item| (None, item))
                }
                _ => None,
            };
            match inside {
                Some(inside) => (name, node) = inside,
                // The diagnostic is about a missing part of the existing value.
                None => return name.unwrap_or(node.span),
            }
        }
        match (target, &node.value) {
            (Target::Value, DocumentValue::List(_) | DocumentValue::Table(_))
            | (Target::Key, _) => name.unwrap_or(node.span),
            (Target::Value, _) => node.span,
        }
    }
}

fn parse(text: &str) -> Result<(DocumentNode, Vec<(Position, Repetition)>), Mistake> {
    let Some(rest) = text.trim_start().strip_prefix('{') else {
        return vsc_yaml::read_noted(text, &READ_OPTIONS);
    };
    // A brace also begins a flow mapping of YAML, which may have comments and bare names. A text that
    // begins like JSON is meant as JSON, and CloudFormation parses it only as JSON.
    let is_json = rest.trim_start().starts_with(['"', '}']);
    match json::read(text, &READ_OPTIONS) {
        Err(mistake) if !is_json => vsc_yaml::read_noted(text, &READ_OPTIONS).map_err(|_| mistake),
        read => read.map(|node| (node, Vec::new())),
    }
}

fn to_json(node: &DocumentNode) -> Result<Json, SourceError> {
    Ok(match &node.value {
        DocumentValue::Null => Json::Null,
        DocumentValue::Bool(value) => Json::Bool(*value),
        DocumentValue::Integer(number) => Json::Integer(*number),
        DocumentValue::Number(number) => Json::Number(*number),
        DocumentValue::Text(text) => Json::from(text.clone()),
        DocumentValue::List(items) => {
            Json::Array(items.iter().map(to_json).collect::<Result<_, _>>()?)
        }
        DocumentValue::Table(entries) => {
            let member = |entry: &vsc_spec::document::Entry| {
                Ok((entry.name.clone(), to_json(&entry.value)?))
            };
            let members = entries.iter().map(member);
            Json::Object(
                members
                    .collect::<Result<Vec<_>, SourceError>>()?
                    .into_iter()
                    .collect(),
            )
        }
        DocumentValue::Other(value) => {
            return Err(SourceError {
                position: node.span.start,
                diagnostic: Diagnostic::new(format!("{value} is not valid in a template"))
                    .help("quote it if it is a string"),
            });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::write_json;

    fn json(text: &str) -> String {
        match Source::read(text) {
            Ok(source) => write_json(source.json()).split_whitespace().collect(),
            Err(error) => error.to_string(),
        }
    }

    fn reported(text: &str) -> String {
        json(text)
    }

    #[test]
    fn short_forms_are_read_in_their_long_forms() {
        assert_eq!(json("a: !Ref B"), r#"{"a":{"Ref":"B"}}"#);
        assert_eq!(json("a: !Condition B"), r#"{"a":{"Condition":"B"}}"#);
        assert_eq!(
            json("a: !GetAtt B.Endpoint.Port"),
            r#"{"a":{"Fn::GetAtt":["B","Endpoint.Port"]}}"#
        );
        assert_eq!(
            json("a: !GetAtt [B, Arn]"),
            r#"{"a":{"Fn::GetAtt":["B","Arn"]}}"#
        );
        assert_eq!(
            json("a: !If [C, !Sub '${D}', !Ref AWS::NoValue]"),
            r#"{"a":{"Fn::If":["C",{"Fn::Sub":"${D}"},{"Ref":"AWS::NoValue"}]}}"#
        );
        assert_eq!(
            json("a:\n  Fn::Transform:\n    Name: X\nb: !Transform {Name: Y}"),
            r#"{"a":{"Fn::Transform":{"Name":"X"}},"b":{"Fn::Transform":{"Name":"Y"}}}"#
        );
        assert_eq!(
            json("a: !Base64\n  Fn::Sub: x"),
            r#"{"a":{"Fn::Base64":{"Fn::Sub":"x"}}}"#
        );
        assert_eq!(json("a: !GetAZs ''"), r#"{"a":{"Fn::GetAZs":""}}"#);
    }

    #[test]
    fn a_bare_exclamation_mark_is_not_a_function() {
        assert_eq!(
            json("a: ! 12\nb: ! [c]\nd: !<!Ref> e"),
            r#"{"a":"12","b":["c"],"d":{"Ref":"e"}}"#
        );
    }

    #[test]
    fn the_size_is_limited() {
        let text = "{\"a\": \"ä\"}";
        assert_eq!(Source::read(text).unwrap().size(), 11);
        let padded = |size: usize| format!("{text}{}", " ".repeat(size - 11));
        assert_eq!(Source::read(&padded(8_000_000)).unwrap().size(), 8_000_000);
        assert_eq!(
            reported(&padded(8_000_001)),
            "1:1: the template is too large: 8000001 bytes\n\
             templates of up to 8000000 bytes are read; CloudFormation accepts up to 1000000\n\
             = help: split the stack"
        );
    }

    #[test]
    fn repetitions_are_known() {
        let text = "a: &a {b: 1}\nc: {<<: *a}\nd: *a\n";
        let source = Source::read(text).unwrap();
        let noted: Vec<_> = source
            .repetitions()
            .iter()
            .map(|(at, what)| (at.line, at.column, *what))
            .collect();
        assert_eq!(
            noted,
            [(2, 5, Repetition::Merge), (3, 4, Repetition::Alias)]
        );
        assert_eq!(Source::read("{}").unwrap().repetitions(), []);
    }

    #[test]
    fn json_with_comments_is_yaml() {
        for (text, read) in [
            ("{a: 1, # one\n b: 2}", r#"{"a":1,"b":2}"#),
            ("{ # nothing\n}", "{}"),
            ("{'a': 1}", r#"{"a":1}"#),
            ("\n {\"a\": 1}", r#"{"a":1}"#),
            ("{}", "{}"),
        ] {
            assert_eq!(json(text), read, "{text}");
        }
        // A text that is neither is reported as JSON.
        assert!(reported("{a: 1").starts_with("1:2: invalid JSON"));
        assert!(reported("{\"a\": 1, # one\n \"b\": 2}").starts_with("1:10: invalid JSON"));
        assert!(reported("{} # nothing").starts_with("1:4: invalid JSON"));
    }

    #[test]
    fn the_parts_of_an_attribute_have_positions() {
        let part = |text: &str, index: usize| {
            let source = Source::read(text).unwrap();
            let path = [
                Step::Key("a".into()),
                Step::Key("Fn::GetAtt".into()),
                Step::Index(index),
            ];
            let Span { start, end } = source.span(&path, Target::Value);
            (start.line, start.column, end.column)
        };
        for (text, resource, attribute) in [
            ("a: !GetAtt B.Arn", (1, 12, 13), (1, 14, 17)),
            ("a: !GetAtt 'B.Arn'", (1, 13, 14), (1, 15, 18)),
            ("a: !GetAtt  Bä.C.D # x", (1, 13, 15), (1, 16, 19)),
            ("a: !GetAtt [B, Arn]", (1, 13, 14), (1, 16, 19)),
            (
                "{\"a\": {\"Fn::GetAtt\": [\"B\", \"C\"]}}",
                (1, 23, 26),
                (1, 28, 31),
            ),
        ] {
            assert_eq!(part(text, 0), resource, "{text}");
            assert_eq!(part(text, 1), attribute, "{text}");
        }
    }

    #[test]
    fn values_are_those_of_yaml_1_1() {
        assert_eq!(
            json("AWSTemplateFormatVersion: 2010-09-09\na: on\nb: 010\nc: '010'\nd: 1.5\ne: ~\n"),
            r#"{"AWSTemplateFormatVersion":"2010-09-09","a":true,"b":8,"c":"010","d":1.5,"e":null}"#
        );
        assert_eq!(
            json("Map: {123456789012: {0123: x}}"),
            r#"{"Map":{"123456789012":{"0123":"x"}}}"#
        );
    }

    #[test]
    fn json_begins_with_a_brace() {
        assert_eq!(
            json("\u{feff}\t{\"a\":\t[1, true, null]}\r\n"),
            r#"{"a":[1,true,null]}"#
        );
        assert_eq!(json("{a: !Ref B} # a flow mapping"), r#"{"a":{"Ref":"B"}}"#);
        // CloudFormation reports "JSON not well-formed" where YAML would be valid.
        assert!(reported("{\"a\": 1,}").starts_with("1:9: invalid JSON"));
        assert!(reported("{\"a\": }").starts_with("1:7: invalid JSON"));
    }

    #[test]
    fn syntax_errors_have_positions() {
        assert_eq!(
            reported("{\"a\": 1,\n \"a\": 2}"),
            "2:2: `a` is declared twice\n= help: remove one of them"
        );
        assert!(reported("{\"a\": 1,\n \"b\" 2}").starts_with("2:6: invalid JSON\nexpected `:`"));
        assert!(
            reported("a:\n\t- b").starts_with("2:"),
            "{}",
            reported("a:\n\t- b")
        );
        assert!(reported("- a").starts_with("1:1: a template is an object, not a list"));
        assert!(reported("").starts_with("1:1: a template is an object, not nothing"));
        assert!(
            reported("a: .inf").starts_with("1:4: an infinite number is not valid in a template")
        );
        assert!(
            reported("a: !GetAtt B").contains("GetAtt"),
            "{}",
            reported("a: !GetAtt B")
        );
    }

    #[test]
    fn an_attribute_over_several_lines_has_a_position() {
        for text in [
            "aaaaaaaaaa: !GetAtt\n  A.B\n",
            "aaaaaaaaaa: !GetAtt |\n  A.B\n",
            "aaaaaaaaaa: !GetAtt >-\n A.B\n",
            "aaaaaaaaaa: !GetAtt \"A.\n  B\"\n",
            "aaaaaaaaaa: !GetAtt 'A\n\n .B'\n",
            "aaaaaaaaaa: !GetAtt \"\\x41.B\"\n",
        ] {
            let source = Source::read(text).unwrap();
            let attribute = source
                .json()
                .get("aaaaaaaaaa")
                .and_then(|call| call.get("Fn::GetAtt"));
            let path = attribute.and_then(Json::as_array).unwrap();
            assert_eq!(path.len(), 2, "{text}");
            for index in 0..2 {
                let step = |name: &'static str| Step::Key(name.into());
                let path = [step("aaaaaaaaaa"), step("Fn::GetAtt"), Step::Index(index)];
                let Position { line, column } = source.locate(&path, Target::Value);
                let lines: Vec<_> = text.lines().collect();
                assert!(
                    column <= lines[line - 1].chars().count() + 1,
                    "{line}:{column} {text}"
                );
            }
        }
    }

    #[test]
    fn values_and_names_have_positions() {
        let source = Source::read("Resources:\n  A:\n    Type: X\n    Properties:\n      Name: !Sub\n        - ${a}\n        - a: !GetAtt B.Arn\n").unwrap();
        let path = |names: &[&str]| -> Vec<Step> {
            let step = |name: &&str| match name.parse() {
                Ok(index) => Step::Index(index),
                Err(_) => Step::Key((*name).to_owned().into()),
            };
            names.iter().map(step).collect()
        };
        let at = |names: &[&str], target| {
            let Position { line, column } = source.locate(&path(names), target);
            (line, column)
        };
        assert_eq!(at(&["Resources", "A", "Type"], Target::Key), (3, 5));
        assert_eq!(at(&["Resources", "A", "Type"], Target::Value), (3, 11));
        assert_eq!(
            at(&["Resources", "A", "Properties", "Name"], Target::Value),
            (5, 7)
        );
        assert_eq!(
            at(
                &["Resources", "A", "Properties", "Name", "Fn::Sub"],
                Target::Key
            ),
            (5, 13)
        );
        let name = ["Resources", "A", "Properties", "Name", "Fn::Sub", "1", "a"];
        assert_eq!(at(&name, Target::Key), (7, 11));
        let attribute = [name.as_slice(), &["Fn::GetAtt", "1"]].concat();
        assert_eq!(at(&attribute, Target::Value), (7, 24));
        assert_eq!(
            at(&["Resources", "A", "Missing", "Deep"], Target::Value),
            (2, 3)
        );
    }
}
