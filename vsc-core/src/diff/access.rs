//! Who may do what: the statements of policies, apart from everything else.

use std::collections::BTreeMap;

use vsc_spec::{Json, Object};

use super::normal::canonical;
use super::resource::{properties, type_of};
use crate::template::is_function;

/// A permission that is new or gone: actions with the same effect, principal, resource and
/// condition.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The logical ID of the resource in which it stands.
    pub id: String,
    /// `Allow` or `Deny`.
    pub effect: String,
    /// Who: a principal, or those who have the policy.
    pub principal: String,
    /// What they may do; `not …` for all but that.
    pub actions: Vec<String>,
    /// On what; `not …` for all but that.
    pub resource: String,
    /// When.
    pub condition: Option<String>,
}

/// A grant, and whether it is new or gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessChange {
    /// What is granted or denied.
    pub grant: Grant,
    /// Whether it is new; it is gone otherwise.
    pub added: bool,
    widens: bool,
}

impl AccessChange {
    /// Whether somebody may do more than before: a new permission that no other one held already,
    /// or a denial that is gone and that no other one holds.
    pub const fn widens(&self) -> bool {
        self.widens
    }

    /// Whether the permission is about everything or for everybody.
    pub fn is_broad(&self) -> bool {
        let grant = &self.grant;
        let all =
            |text: &str| text == "*" || text.ends_with(":*") && text.matches(':').count() == 1;
        grant.effect == "Allow"
            && (grant.principal == "*"
                || grant.principal == "AWS:*"
                || grant
                    .actions
                    .iter()
                    .any(|action| all(action) || action.starts_with("not "))
                || grant.resource.starts_with("not "))
    }
}

/// One action on one resource by one principal.
type Atom = (Grant, String);

/// The permissions that are new or gone, resource by resource.
pub(super) fn changes(old: &Object, new: &Object) -> Vec<AccessChange> {
    let (before, after) = (atoms(old), atoms(new));
    let mut all = Vec::new();
    for (atoms, others, added) in [(&before, &after, false), (&after, &before, true)] {
        let differ = atoms.iter().filter(|atom| !others.contains(atom));
        // A new permission is measured by what was there, a denial that is gone by what is there.
        let (widening, other): (Vec<&Atom>, Vec<&Atom>) = differ.partition(|atom| {
            (atom.0.effect == "Allow") == added && !others.iter().any(|other| covers(other, atom))
        });
        for (atoms, widens) in [(other, false), (widening, true)] {
            all.extend(grouped(&atoms).into_iter().map(|grant| AccessChange {
                grant,
                added,
                widens,
            }));
        }
    }
    all.sort_by(|one, other| one.grant.id.cmp(&other.grant.id));
    all
}

/// Whether the one permission or denial holds all that the other does.
fn covers((one, action): &Atom, (other, does): &Atom) -> bool {
    let name = |grant: &Grant| grant.principal.replace("${", "").replace('}', "");
    let principal = ["*", "AWS:*"].contains(&one.principal.as_str()) || name(one) == name(other);
    let holds = |pattern: &str, text: &str| {
        pattern == text || (!text.starts_with("not ") && fits(pattern.as_bytes(), text.as_bytes()))
    };
    one.effect == other.effect
        && principal
        && holds(&action.to_ascii_lowercase(), &does.to_ascii_lowercase())
        && holds(&one.resource, &other.resource)
        && (one.condition.is_none() || one.condition == other.condition)
}

/// Whether the text fits the pattern, in which `*` stands for any letters and `?` for one.
fn fits(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    // Where the last star stands, and how much of the text it takes so far.
    let mut star: Option<(usize, usize)> = None;
    while from < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            // One letter is not several.
            Some(b'?') if text.get(from) != Some(&b'*') => {
                at += 1;
                from += 1;
            }
            Some(letter) if Some(letter) == text.get(from) => {
                at += 1;
                from += 1;
            }
            _ => match &mut star {
                Some((place, taken)) => {
                    *taken += 1;
                    (at, from) = (*place + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|letter| *letter == b'*')
}

/// Actions that only their names tell apart stand together.
fn grouped(atoms: &[&Atom]) -> Vec<Grant> {
    let mut groups: BTreeMap<&Grant, Vec<&String>> = BTreeMap::new();
    for (grant, action) in atoms {
        let actions = groups.entry(grant).or_default();
        if !actions.contains(&action) {
            actions.push(action);
        }
    }
    let grants = groups.into_iter().map(|(grant, actions)| Grant {
        actions: actions.into_iter().cloned().collect(),
        ..grant.clone()
    });
    grants.collect()
}

fn atoms(template: &Object) -> Vec<Atom> {
    let mut all = Vec::new();
    let resources = template.get("Resources").and_then(Json::as_object);
    for (id, resource) in resources.into_iter().flat_map(Object::iter) {
        let mut reader = Reader {
            id,
            holder: holder(id, resource),
            atoms: &mut all,
        };
        for (_, value) in properties(resource).iter() {
            reader.find(value);
        }
        reader.attached(type_of(resource), properties(resource));
        reader.function(type_of(resource), properties(resource));
    }
    all
}

/// Who has the policies of a resource.
fn holder(id: &str, resource: &Json) -> String {
    match type_of(resource) {
        "AWS::IAM::Role" | "AWS::IAM::User" | "AWS::IAM::Group" => id.to_owned(),
        "AWS::IAM::Policy"
        | "AWS::IAM::ManagedPolicy"
        | "AWS::IAM::RolePolicy"
        | "AWS::IAM::UserPolicy"
        | "AWS::IAM::GroupPolicy" => {
            let names = [
                "Roles",
                "Users",
                "Groups",
                "RoleName",
                "UserName",
                "GroupName",
            ];
            let properties = properties(resource);
            let holders = names.iter().filter_map(|name| properties.get(name));
            let holders: Vec<String> = holders.flat_map(texts).collect();
            match holders.as_slice() {
                [] => format!("whoever has {id}"),
                holders => holders.join(", "),
            }
        }
        _ => format!("whoever has {id}"),
    }
}

struct Reader<'a> {
    id: &'a str,
    holder: String,
    atoms: &'a mut Vec<Atom>,
}

impl Reader<'_> {
    /// Finds statements wherever they stand, in whatever function.
    fn find(&mut self, value: &Json) {
        match value {
            Json::Array(items) => items.iter().for_each(|item| self.find(item)),
            Json::Object(object) => {
                let does = object.contains("Action") || object.contains("NotAction");
                if does && object.contains("Effect") {
                    return self.statement(object);
                }
                object.iter().for_each(|(_, member)| self.find(member));
            }
            _ => {}
        }
    }

    fn statement(&mut self, statement: &Object) {
        let effect = statement.get("Effect").map(text).unwrap_or_default();
        let principals = match (statement.get("Principal"), statement.get("NotPrincipal")) {
            (Some(principal), _) => principals(principal, ""),
            (None, Some(principal)) => principals(principal, "not "),
            (None, None) => vec![self.holder.clone()],
        };
        let resources = either(statement, "Resource", "NotResource");
        let resources = resources.unwrap_or_else(|| vec![self.id.to_owned()]);
        let actions = either(statement, "Action", "NotAction").unwrap_or_default();
        let condition = statement.get("Condition").map(condition);
        for principal in &principals {
            for resource in &resources {
                for action in &actions {
                    let condition = condition.clone();
                    self.push(&effect, principal, action, resource, condition);
                }
            }
        }
    }

    fn push(
        &mut self,
        effect: &str,
        principal: &str,
        action: &str,
        resource: &str,
        condition: Option<String>,
    ) {
        let grant = Grant {
            id: self.id.to_owned(),
            effect: effect.to_owned(),
            principal: principal.to_owned(),
            actions: Vec::new(),
            resource: resource.to_owned(),
            condition,
        };
        self.atoms.push((grant, action.to_owned()));
    }

    /// Managed policies of a role, a user, a group or a permission set.
    fn attached(&mut self, type_name: &str, properties: &Object) {
        let names: &[(&str, &str)] = match type_name {
            "AWS::IAM::Role" | "AWS::IAM::User" | "AWS::IAM::Group" => {
                &[("ManagedPolicyArns", "Allow"), ("Groups", "Allow")]
            }
            "AWS::SSO::PermissionSet" => &[("ManagedPolicies", "Allow")],
            "AWS::IAM::InstanceProfile" => &[("Roles", "Allow")],
            _ => &[],
        };
        let holder = self.holder.clone();
        for (name, effect) in names {
            for policy in properties.get(name).into_iter().flat_map(texts) {
                let action = match *name {
                    "Groups" => format!("what the group {policy} may"),
                    "Roles" => format!("what the role {policy} may"),
                    _ => format!("what {policy} allows"),
                };
                self.push(effect, &holder, &action, "as it says", None);
            }
        }
        if let Some(boundary) = properties.get("PermissionsBoundary") {
            // A boundary takes permissions away: without it there are more.
            let action = format!("what {} does not allow", text(boundary));
            self.push("Deny", &holder, &action, "as it says", None);
        }
    }

    /// The permission to call a function.
    fn function(&mut self, type_name: &str, properties: &Object) {
        if type_name != "AWS::Lambda::Permission" {
            return;
        }
        let get = |name: &str| properties.get(name).map(text);
        let names = [
            "SourceArn",
            "SourceAccount",
            "PrincipalOrgID",
            "EventSourceToken",
        ];
        let conditions = names
            .iter()
            .filter_map(|name| Some(format!("{name} is {}", get(name)?)));
        let conditions: Vec<String> = conditions.collect();
        let condition = (!conditions.is_empty()).then(|| conditions.join(", "));
        let action = get("Action").unwrap_or_default();
        let principal = get("Principal").unwrap_or_default();
        let function = get("FunctionName").unwrap_or_default();
        self.push("Allow", &principal, &action, &function, condition);
    }
}

/// The values of the one member, or those of its opposite behind `not`.
fn either(statement: &Object, name: &str, opposite: &str) -> Option<Vec<String>> {
    match statement.get(name) {
        Some(value) => Some(texts(value)),
        // All but several are excluded together.
        None => {
            let excluded = texts(statement.get(opposite)?);
            Some(vec![format!("not {}", excluded.join(", "))])
        }
    }
}

/// A condition as people read it: `StringEquals aws:SourceAccount 123456789012`.
fn condition(condition: &Json) -> String {
    let Some(operators) = condition.as_object().filter(|object| !is_call(object)) else {
        return text(condition);
    };
    let each = operators.iter().flat_map(|(operator, keys)| {
        let keys = keys.as_object().into_iter().flat_map(Object::iter);
        keys.map(move |(key, values)| format!("{operator} {key} {}", texts(values).join(" or ")))
    });
    each.collect::<Vec<_>>().join(" and ")
}

fn is_call(object: &Object) -> bool {
    object.single().is_some_and(|(name, _)| is_function(name))
}

fn principals(principal: &Json, before: &str) -> Vec<String> {
    match principal {
        Json::Object(object)
            if object
                .single()
                .is_none_or(|(name, _)| !name.contains("Fn::")) =>
        {
            let each = object.iter().flat_map(|(kind, value)| {
                let values = texts(value).into_iter();
                values.map(move |value| format!("{before}{kind}:{value}"))
            });
            each.collect()
        }
        other => texts(other)
            .iter()
            .map(|text| format!("{before}{text}"))
            .collect(),
    }
}

fn texts(value: &Json) -> Vec<String> {
    match value {
        Json::Array(items) => items.iter().map(text).collect(),
        other => vec![text(other)],
    }
}

/// A value as people read it: references by what they are to.
pub(super) fn text(value: &Json) -> String {
    let call = value.as_object().and_then(Object::single);
    match (value, call) {
        (Json::String(text), _) => text.to_string(),
        (Json::Integer(number), _) => number.to_string(),
        (Json::Bool(value), _) => value.to_string(),
        (_, Some(("Ref", Json::String(name)))) => format!("${{{name}}}"),
        (_, Some(("Fn::GetAtt", Json::String(path)))) => format!("${{{path}}}"),
        (_, Some(("Fn::GetAtt", Json::Array(path)))) => {
            let path: Vec<&str> = path.iter().filter_map(Json::as_str).collect();
            format!("${{{}}}", path.join("."))
        }
        (_, Some(("Fn::Sub", Json::String(text)))) => text.to_string(),
        (_, Some(("Fn::Join", Json::Array(arguments)))) => match arguments.as_slice() {
            [Json::String(delimiter), Json::Array(items)] => {
                let items: Vec<String> = items.iter().map(text).collect();
                items.join(delimiter)
            }
            _ => canonical(value),
        },
        _ => canonical(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::tests::{object, template};

    fn role(statement: Json) -> Object {
        let document = object([("Statement", Json::array([statement]))]);
        let policy = object([("PolicyName", "host".into()), ("PolicyDocument", document)]);
        let properties = object([("Policies", Json::array([policy]))]);
        template([("Role", "AWS::IAM::Role", properties)])
    }

    fn statement(actions: &[&'static str], resource: &'static str) -> Json {
        object([
            ("Effect", "Allow".into()),
            ("Action", Json::array(actions.iter().copied())),
            ("Resource", resource.into()),
        ])
    }

    fn told(old: &Object, new: &Object) -> Vec<String> {
        let changes = changes(old, new);
        let told = changes.iter().map(|change| {
            let Grant {
                effect,
                principal,
                actions,
                resource,
                ..
            } = &change.grant;
            let sign = if change.added { '+' } else { '-' };
            let widens = if change.widens() { " widens" } else { "" };
            format!(
                "{sign} {effect} {principal} {} {resource}{widens}",
                actions.join(",")
            )
        });
        told.collect()
    }

    #[test]
    fn one_more_action_is_all_that_is_told() {
        let old = role(statement(&["s3:Get", "s3:List"], "a"));
        let new = role(statement(&["s3:List", "s3:Put", "s3:Get"], "a"));
        assert_eq!(told(&old, &new), ["+ Allow Role s3:Put a widens"]);
        assert_eq!(told(&new, &old), ["- Allow Role s3:Put a"]);
    }

    #[test]
    fn a_single_action_is_a_list_of_one() {
        let single = object([
            ("Effect", "Allow".into()),
            ("Action", "s3:Get".into()),
            ("Resource", "a".into()),
        ]);
        let (old, new) = (role(single), role(statement(&["s3:Get"], "a")));
        assert!(told(&old, &new).is_empty());
    }

    #[test]
    fn what_was_allowed_already_widens_nothing() {
        let old = role(statement(&["s3:*"], "*"));
        let new = role(statement(&["s3:Get?bject"], "arn:b"));
        assert_eq!(
            told(&old, &new),
            ["- Allow Role s3:* *", "+ Allow Role s3:Get?bject arn:b"]
        );
        assert_eq!(
            told(&new, &old),
            [
                "- Allow Role s3:Get?bject arn:b",
                "+ Allow Role s3:* * widens"
            ]
        );
    }

    #[test]
    fn stars_and_question_marks_stand_for_letters() {
        let fits = |pattern: &str, text: &str| fits(pattern.as_bytes(), text.as_bytes());
        for (pattern, text) in [
            ("*", ""),
            ("*", "a"),
            ("s3:*Object*", "s3:GetObjectAcl"),
            ("a?c", "abc"),
            ("*b*b", "abab"),
        ] {
            assert!(fits(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("a", "ab"),
            ("a*c", "ab"),
            ("?", ""),
            ("a?c", "a*c"),
            ("*b*b", "ab"),
        ] {
            assert!(!fits(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn a_denial_that_is_gone_widens() {
        let deny = object([
            ("Effect", "Deny".into()),
            ("Principal", object([("AWS", Json::array(["*"]))])),
            ("NotAction", Json::array(["s3:Get", "s3:List"])),
        ]);
        let (old, new) = (role(deny), role(statement(&[], "a")));
        assert_eq!(
            told(&old, &new),
            ["- Deny AWS:* not s3:Get, s3:List Role widens"]
        );
    }

    #[test]
    fn managed_policies_and_boundaries_count() {
        let with = |properties| template([("Role", "AWS::IAM::Role", properties)]);
        let old = with(object([("PermissionsBoundary", "arn:b".into())]));
        let new = with(object([("ManagedPolicyArns", Json::array(["arn:p"]))]));
        assert_eq!(
            told(&old, &new),
            [
                "- Deny Role what arn:b does not allow as it says widens",
                "+ Allow Role what arn:p allows as it says widens",
            ]
        );
    }
}
