//! State machines: Amazon States Language, <https://states-language.net/spec.html>, and AWS Step
//! Functions Developer Guide, "State machine structure"; cfn-lint E3601.

use super::super::check::{Step, Violation};
use super::View;
use crate::cloudformation::has_function_prefix;
use crate::diagnostic::Diagnostic;
use crate::document::{DocumentNode, DocumentValue, ReadOptions, YamlSchema, json as reader};
use crate::json::{Json, Object};
use crate::suggest;

/// How a definition is parsed.
const READ_OPTIONS: ReadOptions = ReadOptions {
    subject: "state machine",
    deepest: 64,
    schema: YamlSchema::Core,
    repeated: None,
};

/// Checks the definition, as an object or as a string.
pub(super) fn state_machine(properties: &View<'_>, found: &mut Vec<Violation>) {
    for definition in properties.values("Definition") {
        check_machine(&definition, true, Language::default(), found);
    }
    for definition in properties.values("DefinitionString") {
        let Some(text) = definition.text() else {
            continue;
        };
        check_string(&definition, &text, found);
    }
}

/// The same for SAM, whose translator accepts a definition without states.
pub(super) fn serverless(properties: &View<'_>, found: &mut Vec<Violation>) {
    for definition in properties.values("Definition") {
        if !definition.lacks("StartAt") && !definition.lacks("States") {
            check_machine(&definition, true, Language::default(), found);
        }
    }
}

/// Checks a definition as a string: errors are reported at the string, with their paths in it.
fn check_string(definition: &View<'_>, text: &str, found: &mut Vec<Violation>) {
    let value = match reader::read(text, &READ_OPTIONS) {
        // The result of `Fn::Sub` or a substitution is unknown.
        Err(_) if text.contains("${") => return,
        Err(mistake) => {
            let diagnostic = Diagnostic::new("the definition is not valid JSON")
                .note(mistake.diagnostic.message)
                .help("write `Definition` with an object instead");
            return found.push(definition.value_is(diagnostic));
        }
        Ok(node) => json(&node),
    };
    let mut inside = Vec::new();
    check_machine(&View::new(&value), true, Language::default(), &mut inside);
    found.extend(inside.into_iter().map(|violation| {
        let path = violation.location.path.iter().map(step);
        let path = path.collect::<Vec<_>>().join(".");
        let mut diagnostic = violation.diagnostic;
        let at = if path.is_empty() {
            "in the definition".to_owned()
        } else {
            format!("at `{path}`")
        };
        diagnostic.note = Some(match diagnostic.note {
            Some(note) => format!("{note}; {at}"),
            None => at,
        });
        definition.value_is(diagnostic)
    }));
}

fn step(step: &Step) -> String {
    match step {
        Step::Key(name) => name.to_string(),
        Step::Index(index) => index.to_string(),
    }
}

fn json(node: &DocumentNode) -> Json<()> {
    match &node.value {
        DocumentValue::Null | DocumentValue::Other(_) => Json::Null,
        DocumentValue::Bool(value) => Json::Bool(*value),
        DocumentValue::Integer(value) => Json::Integer(*value),
        DocumentValue::Number(value) => Json::Number(*value),
        DocumentValue::Text(text) => Json::from(text.clone()),
        DocumentValue::List(items) => Json::Array(items.iter().map(json).collect()),
        DocumentValue::Table(entries) => Json::Object(
            entries
                .iter()
                .map(|entry| (entry.name.clone(), json(&entry.value)))
                .collect::<Object<()>>(),
        ),
    }
}

/// The query language of a state.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Language {
    #[default]
    JsonPath,
    Jsonata,
}

impl Language {
    fn of(self, view: &View<'_>) -> Self {
        match view.text_of("QueryLanguage").as_deref() {
            Some("JSONata") => Self::Jsonata,
            Some("JSONPath") => Self::JsonPath,
            _ => self,
        }
    }
}

/// A state type: its fields in addition to the common ones, and those of which it needs one.
struct StateType {
    name: &'static str,
    fields: &'static [&'static str],
    needs: &'static [&'static str],
    /// Whether it has `Next` or `End`.
    has_next: bool,
}

const PATHS: [&str; 5] = [
    "InputPath",
    "OutputPath",
    "Parameters",
    "ResultPath",
    "ResultSelector",
];

const KINDS: [StateType; 8] = [
    StateType {
        name: "Task",
        fields: &[
            "Resource",
            "Parameters",
            "ResultPath",
            "ResultSelector",
            "Retry",
            "Catch",
            "TimeoutSeconds",
            "TimeoutSecondsPath",
            "HeartbeatSeconds",
            "HeartbeatSecondsPath",
            "Credentials",
            "Arguments",
            "Assign",
        ],
        needs: &["Resource"],
        has_next: true,
    },
    StateType {
        name: "Pass",
        fields: &[
            "Result",
            "ResultPath",
            "ResultSelector",
            "Parameters",
            "Assign",
            "Arguments",
        ],
        needs: &[],
        has_next: true,
    },
    StateType {
        name: "Wait",
        fields: &[
            "Seconds",
            "SecondsPath",
            "Timestamp",
            "TimestampPath",
            "Assign",
            "Arguments",
        ],
        needs: &["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
        has_next: true,
    },
    StateType {
        name: "Choice",
        fields: &["Choices", "Default", "Assign", "Arguments"],
        needs: &["Choices"],
        has_next: false,
    },
    StateType {
        name: "Succeed",
        fields: &[],
        needs: &[],
        has_next: false,
    },
    StateType {
        name: "Fail",
        fields: &["Error", "ErrorPath", "Cause", "CausePath", "Arguments"],
        needs: &[],
        has_next: false,
    },
    StateType {
        name: "Parallel",
        fields: &[
            "Branches",
            "ResultPath",
            "ResultSelector",
            "Parameters",
            "Retry",
            "Catch",
            "Assign",
            "Arguments",
        ],
        needs: &["Branches"],
        has_next: true,
    },
    StateType {
        name: "Map",
        fields: &[
            "ItemProcessor",
            "Iterator",
            "ItemsPath",
            "Items",
            "ItemSelector",
            "ItemReader",
            "ItemBatcher",
            "ResultWriter",
            "Label",
            "Parameters",
            "ResultPath",
            "ResultSelector",
            "MaxConcurrency",
            "MaxConcurrencyPath",
            "Retry",
            "Catch",
            "Assign",
            "Arguments",
            "ToleratedFailureCount",
            "ToleratedFailureCountPath",
            "ToleratedFailurePercentage",
            "ToleratedFailurePercentagePath",
        ],
        needs: &["ItemProcessor", "Iterator"],
        has_next: true,
    },
];

/// The common fields of states.
const COMMON: [&str; 6] = [
    "Type",
    "Comment",
    "InputPath",
    "OutputPath",
    "QueryLanguage",
    "Output",
];

/// Checks the states and their start, of the machine or of a part of it.
fn check_machine(
    definition: &View<'_>,
    is_whole: bool,
    language: Language,
    found: &mut Vec<Violation>,
) {
    const FIELDS: [&str; 7] = [
        "Comment",
        "StartAt",
        "States",
        "QueryLanguage",
        "TimeoutSeconds",
        "Version",
        "ProcessorConfig",
    ];
    if definition.function().is_some() || definition.json().as_object().is_none() {
        return;
    }
    let language = language.of(definition);
    for (name, field) in definition.members() {
        if is_whole && !FIELDS[..6].contains(&name) && !has_function_prefix(name) {
            let diagnostic = Diagnostic::new(format!("a state machine has no field `{name}`"))
                .maybe_help(suggest::did_you_mean(name, FIELDS));
            found.push(field.name_is(diagnostic));
        }
    }
    let mut complete = true;
    for name in ["StartAt", "States"] {
        if definition.lacks(name) {
            complete = false;
            let misspelt = definition.members().into_iter().any(|(given, _)| {
                !FIELDS.contains(&given) && suggest::nearest(given, FIELDS) == Some(name)
            });
            if !misspelt {
                let diagnostic = Diagnostic::new(format!("the definition needs `{name}`"))
                    .note("a definition has states, and the name of the first")
                    .help(format!("add `{name}: …`"));
                found.push(definition.name_is(diagnostic));
            }
        }
    }
    let Some(states) = definition.only("States") else {
        return;
    };
    if states.function().is_some() {
        return;
    }
    let all = states.members();
    let open = all.iter().any(|(name, _)| has_function_prefix(name));
    let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    for (name, state) in &all {
        check_state(name, state, language, found);
        if !open {
            for target in targets(state) {
                check_target(&target, &names, found);
            }
        }
    }
    if complete && !open {
        for start in definition.values("StartAt") {
            check_target(&start, &names, found);
        }
    }
}

/// The states that may follow a state.
fn targets<'a>(state: &View<'a>) -> Vec<View<'a>> {
    let mut targets = state.values("Next");
    targets.extend(state.values("Default"));
    for list in ["Choices", "Catch"] {
        targets.extend(state.along(&[list, "*", "Next"]));
    }
    targets
}

fn check_target(target: &View<'_>, names: &[&str], found: &mut Vec<Violation>) {
    let Some(name) = target.text() else { return };
    if names.contains(&&*name) || name.contains("${") {
        return;
    }
    let known = names.iter().copied();
    let help = suggest::did_you_mean(&name, known.clone()).unwrap_or_else(|| {
        format!(
            "write one of the states of the same list: {}",
            suggest::list(known)
        )
    });
    let diagnostic = Diagnostic::new(format!("there is no state {name:?}")).help(help);
    found.push(target.value_is(diagnostic));
}

fn check_state(name: &str, state: &View<'_>, language: Language, found: &mut Vec<Violation>) {
    const LONGEST: usize = 80;
    if has_function_prefix(name) || state.function().is_some() {
        return;
    }
    if name.chars().count() > LONGEST {
        let diagnostic = Diagnostic::new(format!(
            "the name of a state has at most {LONGEST} characters"
        ));
        found.push(state.name_is(diagnostic));
    }
    let Some(kind) = kind(state, found) else {
        return;
    };
    let language = language.of(state);
    check_fields(state, kind, language, found);
    if kind.has_next {
        check_transition(state, found);
    }
    for part in state.along(&["Branches", "*"]) {
        check_machine(&part, false, language, found);
    }
    for name in ["ItemProcessor", "Iterator"] {
        for part in state.values(name) {
            check_machine(&part, false, language, found);
        }
    }
    if kind.name == "Choice" {
        check_choices(state, language, found);
    }
    for list in ["Retry", "Catch"] {
        for handler in state.along(&[list, "*"]) {
            let needs: &[&str] = if list == "Catch" {
                &["ErrorEquals", "Next"]
            } else {
                &["ErrorEquals"]
            };
            require_each(&handler, needs, &format!("an item of `{list}`"), found);
        }
    }
}

fn kind(state: &View<'_>, found: &mut Vec<Violation>) -> Option<&'static StateType> {
    let names = || KINDS.iter().map(|kind| kind.name);
    if state.json().as_object().is_none() {
        let diagnostic = Diagnostic::new("a state must be an object")
            .help("for example `{ Type: \"Pass\", End: true }`");
        found.push(state.value_is(diagnostic));
        return None;
    }
    if state.lacks("Type") {
        let diagnostic = Diagnostic::new("a state needs `Type`")
            .note(format!(
                "it is {}",
                suggest::list(names()).replace(" and ", " or ")
            ))
            .help("for example `Type: \"Pass\"`");
        found.push(state.name_is(diagnostic));
        return None;
    }
    let given = state.only("Type")?;
    let text = given.text()?;
    let kind = KINDS.iter().find(|kind| kind.name == text);
    if kind.is_none() && !text.contains("${") {
        let diagnostic = Diagnostic::new(format!("there is no state type `{text}`"))
            .note(format!(
                "it is {}",
                suggest::list(names()).replace(" and ", " or ")
            ))
            .maybe_help(suggest::did_you_mean(&text, names()));
        found.push(given.value_is(diagnostic));
    }
    kind
}

fn check_fields(
    state: &View<'_>,
    kind: &StateType,
    language: Language,
    found: &mut Vec<Violation>,
) {
    let going: &[&str] = if kind.has_next { &["Next", "End"] } else { &[] };
    let known = || COMMON.iter().chain(kind.fields).chain(going).copied();
    let mut meant = Vec::new();
    for (name, field) in state.members() {
        if has_function_prefix(name) {
            return;
        }
        if !known().any(|known| known == name) {
            let nearest = suggest::nearest(name, known());
            meant.extend(nearest);
            let article = if kind.name.starts_with(['A', 'E', 'I', 'O']) {
                "an"
            } else {
                "a"
            };
            let mut diagnostic = Diagnostic::new(format!(
                "{article} `{}` state has no field `{name}`",
                kind.name
            ));
            if matches!(name, "Next" | "End") {
                diagnostic = diagnostic.note("no state follows it").help("remove it");
            }
            let help = nearest.map(|name| format!("did you mean `{name}`?"));
            found.push(field.name_is(diagnostic.maybe_help(help)));
        } else if language == Language::Jsonata && PATHS.contains(&name) {
            let diagnostic = Diagnostic::new(format!("`{name}` is for JSONPath"))
                .note("since `QueryLanguage` is `JSONata`")
                .help("write `Arguments`, `Output` or `Assign`");
            found.push(field.name_is(diagnostic));
        } else if language == Language::JsonPath && matches!(name, "Arguments" | "Output") {
            let diagnostic = Diagnostic::new(format!("`{name}` is for JSONata"))
                .note("the default `QueryLanguage` is `JSONPath`")
                .help(
                    "write `Parameters` or `ResultSelector`, or add `QueryLanguage: \"JSONata\"`",
                );
            found.push(field.name_is(diagnostic));
        }
    }
    let is_there = |name: &&&str| !state.lacks(name) || meant.contains(*name);
    if !kind.needs.is_empty() && kind.needs.iter().find(is_there).is_none() {
        let needs = suggest::list(kind.needs.iter().copied()).replace(" and ", " or ");
        let first = kind.needs[0];
        let diagnostic = Diagnostic::new(format!("a `{}` state needs {needs}", kind.name))
            .help(format!("add `{first}: …`"));
        found.push(state.name_is(diagnostic));
    }
    if let [first, second] = ["ItemProcessor", "Iterator"].map(|name| state.only(name))
        && let (Some(_), Some(second)) = (first, second)
    {
        let diagnostic =
            Diagnostic::new("`Iterator` conflicts with `ItemProcessor`").help("remove it");
        found.push(second.name_is(diagnostic));
    }
}

/// Checks that a state has either `Next` or `End`.
fn check_transition(state: &View<'_>, found: &mut Vec<Violation>) {
    let misspelt = state.members().into_iter().any(|(name, _)| {
        !matches!(name, "Next" | "End") && suggest::nearest(name, ["Next", "End"]).is_some()
    });
    match (state.lacks("Next"), state.lacks("End")) {
        (true, true) if !misspelt => {
            let diagnostic = Diagnostic::new("the state needs `Next` or `End`")
                .note("another state follows it, or the execution ends")
                .help("add `End: true`, or `Next` with the name of a state");
            found.push(state.name_is(diagnostic));
        }
        (false, false) => {
            let both = (state.only("Next"), state.only("End"));
            if let (Some(_), Some(end)) = both {
                let diagnostic =
                    Diagnostic::new("`End` conflicts with `Next`").help("keep one of them");
                found.push(end.name_is(diagnostic));
            }
        }
        _ => {}
    }
    for end in state.values("End") {
        if end.boolean() == Some(false) {
            let diagnostic = Diagnostic::new("`End` must be `true` or absent")
                .help("write `Next` with the name of a state instead");
            found.push(end.value_is(diagnostic));
        }
    }
}

fn check_choices(state: &View<'_>, language: Language, found: &mut Vec<Violation>) {
    let needs: &[&str] = match language {
        Language::JsonPath => &["Next"],
        Language::Jsonata => &["Condition", "Next"],
    };
    for list in state.values("Choices") {
        if list.json().as_array().is_some_and(<[Json<()>]>::is_empty) {
            let diagnostic = Diagnostic::new("`Choices` is empty").help("add `{ …, Next: … }`");
            found.push(list.value_is(diagnostic));
        }
        for choice in list.items() {
            require_each(&choice, needs, "a choice", found);
        }
    }
}

fn require_each(view: &View<'_>, names: &[&str], owner: &str, found: &mut Vec<Violation>) {
    for name in names {
        if view.json().as_object().is_some() && view.function().is_none() && view.lacks(name) {
            let diagnostic =
                Diagnostic::new(format!("{owner} needs `{name}`")).help(format!("add `{name}: …`"));
            found.push(view.name_is(diagnostic));
        }
    }
}
