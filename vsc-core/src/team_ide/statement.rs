//! IAM statements that extend the permissions of the host.

use vsc_spec::{Diagnostic, Json, Object, Text};

use crate::template::{Always, IntoValue, Value};

/// A statement of an IAM policy: AWS Identity and Access Management User Guide, "IAM JSON policy
/// elements".
///
/// ```
/// use vsc_core::team_ide::Statement;
///
/// let statement = Statement::allow(["s3:PutObject"], ["arn:aws:s3:::backups/*"]).sid("Backups");
/// # let _ = statement;
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    sid: Option<Text>,
    actions: Vec<Text>,
    resources: Vec<Json>,
    condition: Option<Object>,
}

impl Statement {
    /// Allows the actions on the resources, which are ARNs.
    pub fn allow<A, R>(
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = R>,
    ) -> Self
    where
        A: Into<Text>,
        R: IntoValue<String, Presence = Always>,
    {
        Self {
            sid: None,
            actions: actions.into_iter().map(Into::into).collect(),
            resources: resources
                .into_iter()
                .map(|resource| resource.into_value().into_json())
                .collect(),
            condition: None,
        }
    }

    /// Sets the statement ID: letters and digits.
    #[must_use]
    pub fn sid(mut self, sid: impl Into<Text>) -> Self {
        self.sid = Some(sid.into());
        self
    }

    /// Adds a condition: an operator, a condition key and its value.
    #[must_use]
    pub fn when(
        mut self,
        operator: impl Into<Text>,
        key: impl Into<Text>,
        value: impl IntoValue<Json, Presence = Always>,
    ) -> Self {
        let (operator, key): (Text, Text) = (operator.into(), key.into());
        let value: Value<Json> = value.into_value();
        let condition = self.condition.get_or_insert_default();
        let mut keys = match condition.get(&operator) {
            Some(Json::Object(keys)) => keys.clone(),
            _ => Object::new(),
        };
        keys.insert(key, value.into_json());
        condition.insert(operator, Json::Object(keys));
        self
    }

    pub(super) fn into_json(self) -> Json {
        let one_or_all = |mut items: Vec<Json>| match items.len() {
            1 => items.remove(0),
            _ => Json::Array(items),
        };
        let actions = self.actions.into_iter().map(Json::from).collect();
        let object = Object::new()
            .with_some("Sid", self.sid)
            .with("Effect", "Allow")
            .with("Action", one_or_all(actions))
            .with("Resource", one_or_all(self.resources))
            .with_some("Condition", self.condition);
        Json::Object(object)
    }
}

/// The errors of the statements of a policy.
pub(super) fn errors(statements: &[Statement]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        if statement.actions.is_empty() {
            let diagnostic = Diagnostic::new("a statement has no actions");
            diagnostics
                .push(diagnostic.help("for example `Statement::allow([\"s3:ListBucket\"], …)`"));
        }
        for action in statement.actions.iter().filter(|action| !is_action(action)) {
            let diagnostic = Diagnostic::new(format!("{action:?} is not a valid IAM action"))
                .note("an action has the form `service:Action`")
                .help("for example \"s3:ListBucket\"");
            diagnostics.push(diagnostic);
        }
        if statement.resources.is_empty() {
            let diagnostic = Diagnostic::new("a statement has no resources");
            diagnostics.push(diagnostic.help("list ARNs, or \"*\" for all"));
        }
        let texts = statement.resources.iter().filter_map(Json::as_str);
        for resource in texts.filter(|text| *text != "*" && !text.starts_with("arn:")) {
            let diagnostic = Diagnostic::new(format!("{resource:?} is not an ARN"));
            diagnostics.push(diagnostic.help("list ARNs, or \"*\" for all"));
        }
        let Some(sid) = &statement.sid else { continue };
        if sid.is_empty() || !sid.bytes().all(|letter| letter.is_ascii_alphanumeric()) {
            let diagnostic = Diagnostic::new(format!("invalid statement ID {sid:?}"));
            diagnostics.push(diagnostic.note("a statement ID consists of letters and digits"));
        }
        let mut before = statements[..at].iter();
        if before.any(|other| other.sid.as_ref() == Some(sid)) {
            let diagnostic = Diagnostic::new(format!("the statement ID {sid:?} is used twice"));
            diagnostics.push(diagnostic.help("give one of them another ID"));
        }
    }
    diagnostics
}

fn is_action(action: &str) -> bool {
    let is_part = |part: &str, others: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || others.contains(letter))
    };
    match action.split_once(':') {
        Some((service, name)) => is_part(service, "-") && is_part(name, "*?"),
        None => action == "*",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_that_iam_rejects_is_rejected() {
        let arns = ["arn:aws:s3:::backups"];
        let right = [
            Statement::allow(["s3:Get*", "elasticfilesystem:ClientMount"], arns).sid("Read"),
            Statement::allow(["*"], ["*"]),
        ];
        assert!(errors(&right).is_empty());
        let wrong = [
            Statement::allow(["ListBucket", "s3:", "s3:List Bucket"], ["backups"]).sid("A"),
            Statement::allow(Vec::<String>::new(), Vec::<String>::new()).sid("A"),
            Statement::allow(["s3:*"], arns).sid("two words"),
        ];
        let reported: Vec<String> = errors(&wrong)
            .into_iter()
            .map(|diagnostic| diagnostic.message)
            .collect();
        assert_eq!(
            reported,
            [
                "\"ListBucket\" is not a valid IAM action",
                "\"s3:\" is not a valid IAM action",
                "\"s3:List Bucket\" is not a valid IAM action",
                "\"backups\" is not an ARN",
                "a statement has no actions",
                "a statement has no resources",
                "the statement ID \"A\" is used twice",
                "invalid statement ID \"two words\"",
            ]
        );
    }
}
