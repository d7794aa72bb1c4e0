//! Pipelines: AWS CodePipeline User Guide, "Pipeline structure reference"; cfn-lint E3700, E3701 and
//! E3702.

use std::ops::RangeInclusive;

use super::super::check::Violation;
use super::View;
use crate::diagnostic::Diagnostic;
use crate::suggest;

/// Checks the stage of sources, and the artifacts between actions.
pub(super) fn pipeline(properties: &View<'_>, found: &mut Vec<Violation>) {
    let Some(list) = properties.only("Stages") else {
        return;
    };
    let stages = list.items();
    let written = list.json().as_array().map_or(0, <[_]>::len);
    // A conditional stage shifts those after it.
    if written != stages.len() || stages.iter().any(|stage| stage.function().is_some()) {
        return;
    }
    let mut made = Some(Vec::new());
    for (index, stage) in stages.iter().enumerate() {
        let actions = stage.along(&["Actions", "*"]);
        for action in &actions {
            category(action, index == 0, found);
            counts(action, found);
        }
        outputs(stage, &actions, &mut made, found);
        if let Some(made) = &made {
            inputs(&actions, made, found);
        }
    }
}

/// Checks that the first stage has the sources, and only it.
fn category(action: &View<'_>, is_first: bool, found: &mut Vec<Violation>) {
    for category in action.along(&["ActionTypeId", "Category"]) {
        let Some(text) = category.text() else {
            continue;
        };
        let diagnostic = match (is_first, text == "Source") {
            (true, false) => {
                Diagnostic::new(format!("the first stage cannot have `{text}` actions"))
                    .note("it has only source actions")
                    .help("move the action to a later stage")
            }
            (false, true) => Diagnostic::new("only the first stage can have `Source` actions")
                .help("move the action to the first stage"),
            _ => continue,
        };
        found.push(category.value_is(diagnostic));
    }
}

/// Adds the output artifacts of a stage's actions; `None` once a name is unknown.
fn outputs<'a>(
    stage: &View<'a>,
    actions: &[View<'a>],
    made: &mut Option<Vec<String>>,
    found: &mut Vec<Violation>,
) {
    let open = stage
        .only("Actions")
        .is_none_or(|actions| actions.json().as_array().is_none());
    let names: Vec<View<'a>> = actions
        .iter()
        .flat_map(|action| action.along(&["OutputArtifacts", "*", "Name"]))
        .collect();
    if open || actions.iter().any(|action| !is_plain(action)) {
        *made = None;
    }
    for name in names {
        let (Some(all), Some(text)) = (made.as_mut(), name.text()) else {
            *made = None;
            return;
        };
        if all.iter().any(|known| *known == *text) {
            let diagnostic = Diagnostic::new(format!("duplicate output artifact {text:?}"))
                .note("the names of output artifacts must be unique in a pipeline")
                .help("choose another name");
            found.push(name.value_is(diagnostic));
        }
        all.push(text.into_owned());
    }
}

/// Whether the output artifacts of an action are known.
fn is_plain(action: &View<'_>) -> bool {
    let outputs = action.only("OutputArtifacts");
    action.function().is_none()
        && (action.lacks("OutputArtifacts")
            || outputs.is_some_and(|outputs| {
                let items = outputs.json().as_array().unwrap_or_default();
                !items.is_empty() && outputs.is_known()
            }))
}

fn inputs(actions: &[View<'_>], made: &[String], found: &mut Vec<Violation>) {
    let names = actions
        .iter()
        .flat_map(|action| action.along(&["InputArtifacts", "*", "Name"]));
    for name in names {
        let Some(text) = name
            .text()
            .filter(|text| !made.iter().any(|known| *known == **text))
        else {
            continue;
        };
        let known = || made.iter().map(String::as_str);
        let diagnostic = Diagnostic::new(format!("no earlier action outputs {text:?}"))
            .note(format!(
                "output artifacts so far: {}",
                suggest::list(known())
            ))
            .maybe_help(suggest::did_you_mean(&text, known()));
        found.push(name.value_is(diagnostic));
    }
}

type Count = RangeInclusive<usize>;

const NONE: Count = 0..=0;
const ONE: Count = 1..=1;

/// The numbers of input and output artifacts of an action: AWS CodePipeline User Guide,
/// "Number of input and output artifacts for each action type".
const COUNTS: [(&str, &str, Count, Count); 17] = [
    ("Source", "S3", NONE, ONE),
    ("Source", "CodeCommit", NONE, ONE),
    ("Source", "ECR", NONE, ONE),
    ("Source", "GitHub", NONE, ONE),
    ("Test", "CodeBuild", 1..=5, 0..=5),
    ("Test", "DeviceFarm", ONE, NONE),
    ("Test", "Jenkins", 0..=5, 0..=5),
    ("Build", "CodeBuild", 1..=5, 0..=5),
    ("Build", "Jenkins", 0..=5, 0..=5),
    ("Approval", "Manual", NONE, NONE),
    ("Deploy", "S3", ONE, NONE),
    ("Deploy", "CloudFormation", 0..=10, 0..=1),
    ("Deploy", "CodeDeploy", ONE, NONE),
    ("Deploy", "ElasticBeanstalk", ONE, NONE),
    ("Deploy", "ECS", ONE, NONE),
    ("Deploy", "ServiceCatalog", ONE, NONE),
    ("Invoke", "Lambda", 0..=5, 0..=5),
];

fn counts(action: &View<'_>, found: &mut Vec<Violation>) {
    let Some(kind) = action.only("ActionTypeId") else {
        return;
    };
    let (Some(category), Some(provider)) = (kind.text_of("Category"), kind.text_of("Provider"))
    else {
        return;
    };
    let known = COUNTS
        .iter()
        .find(|(of, by, ..)| *of == category && *by == provider);
    let Some((_, _, inputs, outputs)) = known else {
        return;
    };
    for (name, allowed) in [("InputArtifacts", inputs), ("OutputArtifacts", outputs)] {
        let list = action.only(name);
        let items = list.as_ref().and_then(|list| list.json().as_array());
        let plain = items.is_some_and(|items| {
            items
                .iter()
                .all(|item| View::new(item).function().is_none())
        });
        let count = match items {
            Some(items) if plain => items.len(),
            None if action.lacks(name) => 0,
            _ => continue,
        };
        if allowed.contains(&count) {
            continue;
        }
        let is_none = *allowed == NONE;
        let allowed = match (allowed.start(), allowed.end()) {
            (_, 0) => "none".to_owned(),
            (least, most) if least == most => format!("{least}"),
            (least, most) => format!("{least} to {most}"),
        };
        let diagnostic = Diagnostic::new(format!("`{name}` has {count} items")).note(format!(
            "a `{category}` action of `{provider}` has {allowed}"
        ));
        let (diagnostic, owner) = match &list {
            Some(list) if is_none => (diagnostic.help("remove it"), list),
            Some(list) => (diagnostic, list),
            None => (
                diagnostic.help(format!("add `{name}: [{{ Name: \"…\" }}]`")),
                action,
            ),
        };
        found.push(owner.name_is(diagnostic));
    }
}
