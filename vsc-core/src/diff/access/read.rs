//! Reads the permissions of a template.

use vsc_spec::{Json, Object};

use super::display::{condition, either, principals, text, texts};
use super::{Atom, Grant};
use crate::diff::resource::{properties, type_of};

pub(super) fn atoms(template: &Object) -> Vec<Atom> {
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

/// The holders of the policies of a resource.
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
                [] => format!("holders of {id}"),
                holders => holders.join(", "),
            }
        }
        _ => format!("holders of {id}"),
    }
}

struct Reader<'a> {
    id: &'a str,
    holder: String,
    atoms: &'a mut Vec<Atom>,
}

impl Reader<'_> {
    /// Finds statements in any property and function.
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
                    "Groups" => format!("permissions of the group {policy}"),
                    "Roles" => format!("permissions of the role {policy}"),
                    _ => format!("permissions of {policy}"),
                };
                self.push(effect, &holder, &action, "as in the policy", None);
            }
        }
        if let Some(boundary) = properties.get("PermissionsBoundary") {
            // A boundary restricts permissions: removing it widens access.
            let action = format!("anything that {} does not allow", text(boundary));
            self.push("Deny", &holder, &action, "as in the policy", None);
        }
    }

    /// A Lambda permission.
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
