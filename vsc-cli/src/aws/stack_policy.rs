//! Stack policies, which deny updates of resources whatever tool asks for them: AWS CloudFormation User
//! Guide, "Prevent updates to stack resources".
//!
//! A policy of somebody else stays: a statement is added to it, which is recognized by its content, since
//! a statement of a stack policy has no ID.

use vsc_core::template::write_json;
use vsc_spec::{Json, Object};

use super::call::answer;
use super::error::CallError;
use super::session::{Session, Stopped};

/// The denied actions.
const DENIED: [&str; 2] = ["Update:Replace", "Update:Delete"];

/// A policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct StackPolicy(Vec<Json>);

/// The policy is in a form that this program does not understand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnreadablePolicy;

impl StackPolicy {
    /// Parses a policy; without one everything is allowed.
    pub(crate) fn read(body: Option<&str>) -> Result<Self, UnreadablePolicy> {
        let Some(body) = body.filter(|body| !body.trim().is_empty()) else {
            return Ok(Self(Vec::new()));
        };
        let policy = answer::read(body).ok_or(UnreadablePolicy)?;
        let statements = match policy.get("Statement") {
            Some(Json::Array(statements)) => statements.clone(),
            Some(statement @ Json::Object(_)) => vec![statement.clone()],
            _ => return Err(UnreadablePolicy),
        };
        Ok(Self(statements))
    }

    /// The policy that denies nothing.
    pub(crate) fn allowing_everything() -> Self {
        Self(vec![statement("Allow", "Update:*".into(), "*".into())])
    }

    /// The policy for a call.
    pub(crate) fn body(&self) -> String {
        write_json(&Json::object([("Statement", Json::Array(self.0.clone()))]))
    }

    /// Adds what protects these resources, and removes what this program had added for others.
    pub(crate) fn protecting(&self, protected: &[&str], others: &[&str]) -> Self {
        let mut policy = self.clone();
        for id in others {
            policy = policy.without(id);
        }
        let missing: Vec<&str> = protected
            .iter()
            .copied()
            .filter(|id| !policy.protects(id))
            .collect();
        if policy.0.is_empty() && !missing.is_empty() {
            // Under a policy, everything is denied that is not allowed.
            policy = Self::allowing_everything();
        }
        let denied = || Json::array(DENIED.map(Json::from));
        let missing = missing.into_iter();
        policy
            .0
            .extend(missing.map(|id| statement("Deny", denied(), resource(id).into())));
        policy
    }

    /// The policy without what this program adds for a resource.
    pub(crate) fn without(&self, id: &str) -> Self {
        let mut statements = self.0.clone();
        statements.retain(|statement| !is_ours(statement, id));
        Self(statements)
    }

    /// Whether statements deny that a resource is replaced or deleted.
    pub(crate) fn protects(&self, id: &str) -> bool {
        let denies = |action: &str| {
            let mut statements = self.0.iter();
            statements.any(|statement| denies(statement, action, id))
        };
        DENIED.into_iter().all(denies)
    }

    /// Whether a statement denies that a resource is deleted.
    pub(crate) fn denies_deletion(&self, id: &str) -> bool {
        let mut statements = self.0.iter();
        statements.any(|statement| denies(statement, DENIED[1], id))
    }
}

fn statement(effect: &'static str, action: Json, resource: Json) -> Json {
    Json::Object(
        Object::new()
            .with("Effect", effect)
            .with("Action", action)
            .with("Principal", "*")
            .with("Resource", resource),
    )
}

fn resource(id: &str) -> String {
    format!("LogicalResourceId/{id}")
}

/// The texts of a member, which is one text or a list.
fn texts<'a>(statement: &'a Json, name: &str) -> Vec<&'a str> {
    match statement.get(name) {
        Some(Json::Array(items)) => items.iter().filter_map(Json::as_str).collect(),
        Some(one) => one.as_str().into_iter().collect(),
        None => Vec::new(),
    }
}

/// Whether this program adds such a statement.
fn is_ours(statement: &Json, id: &str) -> bool {
    let mut actions = texts(statement, "Action");
    actions.sort_unstable();
    let names = statement.as_object().map(Object::len);
    names == Some(4)
        && texts(statement, "Effect") == ["Deny"]
        && actions == [DENIED[1], DENIED[0]]
        && texts(statement, "Principal") == ["*"]
        && texts(statement, "Resource") == [resource(id)]
}

/// Whether a statement surely denies an action on a resource: one with a condition may not.
fn denies(statement: &Json, action: &str, id: &str) -> bool {
    let matches = |name: &str, text: &str| {
        let mut patterns = texts(statement, name).into_iter();
        patterns.any(|pattern| is_match(pattern, text))
    };
    texts(statement, "Effect") == ["Deny"]
        && statement.get("Condition").is_none()
        && matches("Action", action)
        && matches("Resource", &resource(id))
}

/// Whether a text matches a pattern in which `*` stands for any characters.
fn is_match(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(text) = text.strip_prefix(start) else {
        return false;
    };
    let ends = text.char_indices().map(|(index, _)| index);
    let mut ends = ends.chain([text.len()]);
    ends.any(|end| text.get(end..).is_some_and(|text| is_match(rest, text)))
}

/// The policy of a stack.
pub(crate) async fn get(session: &Session, stack: &str) -> Result<Option<String>, Stopped> {
    let call = session.cloudformation.get_stack_policy().stack_name(stack);
    let answer = session.call("GetStackPolicy", call.send()).await?;
    Ok(answer.stack_policy_body().map(str::to_owned))
}

/// Sets the policy of a stack, even after an interruption.
pub(crate) async fn set(
    session: &Session,
    stack: &str,
    policy: &StackPolicy,
) -> Result<(), Box<CallError>> {
    let call = session
        .cloudformation
        .set_stack_policy()
        .stack_name(stack)
        .stack_policy_body(policy.body());
    let answer = session.call_anyway("SetStackPolicy", call.send()).await;
    answer.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> StackPolicy {
        StackPolicy::read(Some(body)).expect("it is a policy")
    }

    /// Without white space.
    fn body(policy: &StackPolicy) -> String {
        policy.body().split_whitespace().collect()
    }

    const ALLOW: &str = r#"{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"}"#;
    const OURS: &str = r#"{"Effect":"Deny","Action":["Update:Replace","Update:Delete"],"Principal":"*","Resource":"LogicalResourceId/HomeVolume"}"#;

    #[test]
    fn a_first_policy_allows_everything_else() {
        for nothing in [None, Some(""), Some(" \n")] {
            let none = StackPolicy::read(nothing).expect("there is no policy");
            let policy = none.protecting(&["HomeVolume"], &[]);
            assert_eq!(body(&policy), format!("{{\"Statement\":[{ALLOW},{OURS}]}}"));
            assert!(policy.protects("HomeVolume") && !policy.protects("Host"));
            // Nothing to protect needs no policy.
            assert_eq!(none.protecting(&[], &["Host"]), none);
        }
    }

    #[test]
    fn the_statements_of_others_stay() {
        const THEIRS: &str = r#"{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"LogicalResourceId/Database"}"#;
        let theirs = read(&format!("{{\"Statement\":[{THEIRS},{ALLOW}]}}"));
        let policy = theirs.protecting(&["HomeVolume"], &["Host"]);
        assert_eq!(
            body(&policy),
            format!("{{\"Statement\":[{THEIRS},{ALLOW},{OURS}]}}")
        );
        assert_eq!(policy.protecting(&["HomeVolume"], &["Host"]), policy);
        assert_eq!(policy.without("HomeVolume"), theirs);
        let both = policy.protecting(&["HomeVolume", "Host"], &[]);
        assert!(both.protects("Host"));
        assert_eq!(both.protecting(&["HomeVolume"], &["Host"]), policy);
        // One statement needs no list.
        let single = read(&format!("{{\"Statement\":{ALLOW}}}"));
        assert_eq!(single.protecting(&[], &[]).0.len(), 1);
    }

    #[test]
    fn a_resource_that_others_protect_needs_no_statement() {
        for (action, resource, protects) in [
            (r#""Update:*""#, "*", true),
            (r#""*""#, "LogicalResourceId/Home*", true),
            (
                r#"["Update:Delete", "Update:Replace"]"#,
                "LogicalResourceId/HomeVolume",
                true,
            ),
            (r#""Update:Replace""#, "*", false),
            (r#""Update:*""#, "LogicalResourceId/HomeVolumes", false),
            (r#""Update:*""#, "LogicalResourceId/*s", false),
        ] {
            let policy = read(&format!(
                r#"{{"Statement": [{{"Effect": "Deny", "Action": {action}, "Principal": "*", "Resource": "{resource}"}}]}}"#
            ));
            assert_eq!(
                policy.protects("HomeVolume"),
                protects,
                "{action} {resource}"
            );
            let statements = policy.protecting(&["HomeVolume"], &[]).0.len();
            assert_eq!(
                statements,
                if protects { 1 } else { 2 },
                "{action} {resource}"
            );
        }
        let conditional = read(
            r#"{"Statement": {"Effect": "Deny", "Action": "Update:*", "Principal": "*", "Resource": "*", "Condition": {"StringEquals": {"ResourceType": ["AWS::RDS::DBInstance"]}}}}"#,
        );
        assert!(!conditional.protects("HomeVolume"));
        // It is recognized by its whole content.
        let similar = OURS.replace("\"Deny\"", "\"Deny\",\"Condition\":{}");
        let similar = read(&format!("{{\"Statement\":[{similar}]}}"));
        assert_eq!(similar.without("HomeVolume"), similar);
        assert!(read(&format!("{{\"Statement\":[{OURS}]}}")).denies_deletion("HomeVolume"));
    }

    #[test]
    fn another_form_is_unreadable() {
        for body in ["no", "[]", "{}", r#"{"Statement": "x"}"#] {
            assert_eq!(
                StackPolicy::read(Some(body)),
                Err(UnreadablePolicy),
                "{body}"
            );
        }
    }
}
