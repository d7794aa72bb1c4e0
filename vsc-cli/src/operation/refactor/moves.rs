//! Which resources are renamed.

use std::collections::BTreeMap;

use vsc_core::diff::{Difference, with_logical_ids};
use vsc_spec::{Diagnostic, Json, Object, suggest};

/// The longest logical ID, in characters: AWS CloudFormation User Guide, "Quotas".
const LONGEST: usize = 255;

/// A resource that gets another logical ID, or moves to another stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    /// The logical ID in the deployed stack.
    pub(crate) from: String,
    /// The new one.
    pub(crate) to: String,
    /// The stack to which it moves, if that is another one.
    pub(crate) stack: Option<String>,
}

impl Move {
    /// Parses `OLD=NEW` or `OLD=STACK/NEW`.
    ///
    /// # Errors
    ///
    /// When it is something else, or the new name is not a logical ID.
    pub(crate) fn parse(text: &str) -> Result<Self, Diagnostic> {
        let wrong = || {
            Diagnostic::new(format!("invalid `--move {text}`"))
                .help("write `--move OLD=NEW`, such as `--move Backups=Archive`")
        };
        let (from, to) = text.split_once('=').ok_or_else(wrong)?;
        let (stack, to) = match to.split_once('/') {
            Some((stack, to)) => (Some(stack), to),
            None => (None, to),
        };
        let is_same = stack.is_none() && from == to;
        if from.is_empty() || to.is_empty() || is_same || stack == Some("") {
            return Err(wrong());
        }
        if to.len() > LONGEST || !to.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Diagnostic::new(format!(
                "invalid `--move {text}`: `{to}` is not a valid logical ID"
            ))
            .note("a logical ID consists of up to 255 letters and digits"));
        }
        Ok(Self {
            from: from.to_owned(),
            to: to.to_owned(),
            stack: stack.map(str::to_owned),
        })
    }

    /// The new place: the logical ID, after the stack if that is another one.
    pub(super) fn place(&self) -> String {
        match &self.stack {
            Some(stack) => format!("{stack}/{}", self.to),
            None => self.to.clone(),
        }
    }
}

/// The error about a resource that the deployed stack does not have.
pub(super) fn unknown(id: &str, known: &Object) -> Diagnostic {
    let names = || known.iter().map(|(name, _)| name);
    let help = suggest::did_you_mean(id, names());
    let help = help.unwrap_or_else(|| format!("its resources: {}", suggest::list(names())));
    Diagnostic::new(format!("the deployed stack has no resource `{id}`")).help(help)
}

pub(super) fn resources(template: &Json) -> &Object {
    static NONE: Object = Object::new();
    let resources = template.get("Resources").and_then(Json::as_object);
    resources.unwrap_or(&NONE)
}

/// The resources whose declaration names their old logical ID, and those of which only the logical ID
/// differs from the deployed template.
pub(super) fn find(deployed: &Json, declared: &Json) -> Vec<Move> {
    let renames = Difference::between(deployed, declared).renames;
    let moves = renames.into_iter().map(|rename| Move {
        from: rename.from,
        to: rename.to,
        stack: None,
    });
    moves.collect()
}

/// The deployed template with the new logical IDs. `declared` is the template of the next deployment, if
/// it is known.
///
/// # Errors
///
/// A diagnostic for each resource that cannot be renamed.
pub(super) fn apply(
    deployed: &Json,
    declared: Option<&Json>,
    moves: &[Move],
) -> Result<Json, Vec<Diagnostic>> {
    let before = resources(deployed);
    let mut diagnostics = Vec::new();
    for (index, Move { from, to, .. }) in moves.iter().enumerate() {
        if !before.contains(from) {
            diagnostics.push(unknown(from, before));
        } else if before.contains(to) && !moves.iter().any(|other| other.from == *to) {
            diagnostics.push(
                Diagnostic::new(format!("the deployed stack already has a resource `{to}`"))
                    .help("choose another logical ID"),
            );
        } else if let Some(declared) = declared
            && !resources(declared).contains(to)
        {
            let names = || {
                let after = resources(declared).iter().map(|(name, _)| name);
                after.filter(|name| !before.contains(name))
            };
            let diagnostic = Diagnostic::new(format!("the template declares no resource `{to}`"))
                .note("the next deployment would delete it");
            let help = suggest::did_you_mean(to, names());
            diagnostics.push(diagnostic.maybe_help(help.or_else(|| {
                (names().next().is_some())
                    .then(|| format!("new in the template: {}", suggest::list(names())))
            })));
        }
        let mut others = moves[..index].iter();
        if others.any(|other| other.from == *from || other.to == *to) {
            diagnostics.push(
                Diagnostic::new(format!("`{from}` and `{to}` are renamed more than once"))
                    .help("pass `--move` once for each resource"),
            );
        }
    }
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let names: BTreeMap<String, String> = moves
        .iter()
        .map(|one| (one.from.clone(), one.to.clone()))
        .collect();
    Ok(with_logical_ids(deployed, &names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::Template;

    fn read(text: &str) -> Json {
        let template = Template::read(text.to_owned());
        template.expect("it is a template").json
    }

    fn one(text: &str) -> Move {
        Move::parse(text).expect("it is valid")
    }

    #[test]
    fn a_move_has_two_names() {
        assert_eq!(
            (one("A=B").from.as_str(), one("A=B").to.as_str()),
            ("A", "B")
        );
        assert_eq!(one("A=s/A").place(), "s/A");
        for text in ["A", "=B", "A=", "A=A", "A=/B", "A=s/"] {
            let reported = Move::parse(text).expect_err("it is invalid").to_string();
            assert!(
                reported.ends_with("write `--move OLD=NEW`, such as `--move Backups=Archive`"),
                "{reported}"
            );
        }
        let reported = Move::parse("A=B-C").expect_err("it is no ID").to_string();
        assert!(
            reported.contains("`B-C` is not a valid logical ID"),
            "{reported}"
        );
    }

    #[test]
    fn renamed_resources_are_found_by_their_metadata_and_properties() {
        let deployed = read(
            "Resources: {A: {Type: T, Properties: {x: 1}}, B: {Type: T, Properties: {x: 2}}, C: {Type: U}}",
        );
        let declared = read(
            "Resources: {New: {Type: T, Properties: {x: 3}, Metadata: {'vsc:MovedFrom': A}}, Other: {Type: T, Properties: {x: 2}}, C: {Type: U, Metadata: {'vsc:MovedFrom': Gone}}}",
        );
        assert_eq!(find(&deployed, &declared), [one("A=New"), one("B=Other")]);
        assert_eq!(find(&declared, &declared), []);
    }

    #[test]
    fn each_resource_that_cannot_be_renamed_is_reported() {
        let deployed = read("Resources: {Backups: {Type: T}, Queue: {Type: T}}");
        let declared = read("Resources: {Archive: {Type: T}, Queue: {Type: T}}");
        for (moves, expected) in [
            (
                &["Backup=Archive"][..],
                "no resource `Backup`\n= help: did you mean `Backups`?",
            ),
            (&["Backups=Queue"], "already has a resource `Queue`"),
            (
                &["Backups=Archiv"],
                "declares no resource `Archiv`\nthe next deployment would delete it\n= help: did you mean `Archive`?",
            ),
            (
                &["Backups=Archive", "Queue=Archive"],
                "are renamed more than once",
            ),
        ] {
            let moves: Vec<Move> = moves.iter().map(|text| one(text)).collect();
            let reported = apply(&deployed, Some(&declared), &moves).expect_err("it is rejected");
            let reported: Vec<String> = reported.iter().map(ToString::to_string).collect();
            assert!(
                reported.iter().any(|it| it.contains(expected)),
                "{reported:?}"
            );
        }
        let swapped = apply(
            &deployed,
            None,
            &[one("Backups=Queue"), one("Queue=Backups")],
        );
        assert!(swapped.is_ok());
        let renamed = apply(&deployed, Some(&declared), &[one("Backups=Archive")]);
        assert_eq!(renamed.expect("it is valid"), declared);
    }
}
