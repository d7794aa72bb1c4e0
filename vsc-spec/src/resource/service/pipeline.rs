//! Pipelines: AWS CodePipeline User Guide, "Pipeline structure reference"; cfn-lint E3700, E3701 and
//! E3702.

use super::super::check::Violation;
use super::View;
use crate::diagnostic::Diagnostic;
use crate::suggest;

/// Where sources stand, and what goes from action to action.
pub(super) fn pipeline(properties: &View<'_>, found: &mut Vec<Violation>) {
    let Some(list) = properties.only("Stages") else {
        return;
    };
    let stages = list.items();
    let written = list.json().as_array().map_or(0, <[_]>::len);
    // A stage that a condition decides about moves those after it.
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

/// The first stage has the sources, and no other.
fn category(action: &View<'_>, is_first: bool, found: &mut Vec<Violation>) {
    for category in action.along(&["ActionTypeId", "Category"]) {
        let Some(text) = category.text() else {
            continue;
        };
        let diagnostic = match (is_first, text == "Source") {
            (true, false) => Diagnostic::new(format!("the first stage has no `{text}` actions"))
                .note("it holds the sources alone")
                .help("move the action into a later stage"),
            (false, true) => Diagnostic::new("only the first stage has `Source` actions")
                .help("move the action into the first stage"),
            _ => continue,
        };
        found.push(category.value_is(diagnostic));
    }
}

/// Adds what the actions of a stage make; nothing is known once a name is not.
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
            let diagnostic = Diagnostic::new(format!("there is an output {text:?} already"))
                .note("the outputs of a pipeline have names of their own")
                .help("choose another name");
            found.push(name.value_is(diagnostic));
        }
        all.push(text.into_owned());
    }
}

/// Whether what an action makes is there to be seen.
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
        let diagnostic = Diagnostic::new(format!("no action before makes {text:?}"))
            .note(format!("the outputs so far: {}", suggest::list(known())))
            .maybe_help(suggest::did_you_mean(&text, known()));
        found.push(name.value_is(diagnostic));
    }
}

/// The fewest and the most of something.
type Limits = (usize, usize);

/// The fewest and the most artifacts that an action takes and makes: AWS CodePipeline User Guide,
/// "Number of input and output artifacts for each action type".
const COUNTS: [(&str, &str, Limits, Limits); 17] = [
    ("Source", "S3", (0, 0), (1, 1)),
    ("Source", "CodeCommit", (0, 0), (1, 1)),
    ("Source", "ECR", (0, 0), (1, 1)),
    ("Source", "GitHub", (0, 0), (1, 1)),
    ("Test", "CodeBuild", (1, 5), (0, 5)),
    ("Test", "DeviceFarm", (1, 1), (0, 0)),
    ("Test", "Jenkins", (0, 5), (0, 5)),
    ("Build", "CodeBuild", (1, 5), (0, 5)),
    ("Build", "Jenkins", (0, 5), (0, 5)),
    ("Approval", "Manual", (0, 0), (0, 0)),
    ("Deploy", "S3", (1, 1), (0, 0)),
    ("Deploy", "CloudFormation", (0, 10), (0, 1)),
    ("Deploy", "CodeDeploy", (1, 1), (0, 0)),
    ("Deploy", "ElasticBeanstalk", (1, 1), (0, 0)),
    ("Deploy", "ECS", (1, 1), (0, 0)),
    ("Deploy", "ServiceCatalog", (1, 1), (0, 0)),
    ("Invoke", "Lambda", (0, 5), (0, 5)),
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
    let Some((_, _, takes, makes)) = known else {
        return;
    };
    for (name, (fewest, most)) in [("InputArtifacts", *takes), ("OutputArtifacts", *makes)] {
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
        if (fewest..=most).contains(&count) {
            continue;
        }
        let allowed = match (fewest, most) {
            (_, 0) => "none".to_owned(),
            (one, other) if one == other => format!("{one}"),
            _ => format!("{fewest} to {most}"),
        };
        let diagnostic = Diagnostic::new(format!("`{name}` has {count} items")).note(format!(
            "a `{category}` action of `{provider}` has {allowed}"
        ));
        let (diagnostic, owner) = match &list {
            Some(list) if most == 0 => (diagnostic.help("remove it"), list),
            Some(list) => (diagnostic, list),
            None => (
                diagnostic.help(format!("add `{name}: [{{ Name: \"…\" }}]`")),
                action,
            ),
        };
        found.push(owner.name_is(diagnostic));
    }
}
