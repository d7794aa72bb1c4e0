//! What the host may do beside what the pattern needs.

use vsc_spec::{Json, Object, Text};

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

    /// Names the statement: letters and digits.
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
