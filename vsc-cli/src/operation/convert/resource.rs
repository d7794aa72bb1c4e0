//! Resources.

use vsc_core::check;
use vsc_spec::json::Text;
use vsc_spec::resource::resource_attributes::RESOURCE_ATTRIBUTES;
use vsc_spec::resource::{self, Dialect, ResourceType, Step, ValueKind};
use vsc_spec::{Json, Object};

use super::code::Code;
use super::expression::Context;
use super::program::Program;
use super::statement::{Kept, Reason, Statement, StatementKind, comment};
use super::syntax::{self, Written};

/// The parts of a resource that the library can express.
struct Parts<'a> {
    type_name: &'a str,
    properties: &'a Object,
    options: Vec<(&'a str, &'a Json)>,
}

static NONE: Object = Object::new();

impl Program {
    pub(super) fn resource(&mut self, id: &str, json: &Json) {
        let parts = match parts(id, json) {
            Ok(parts) => parts,
            Err(reason) => return self.element("Resources", id, json, reason),
        };
        let found = resource::find(parts.type_name);
        let Some(resource) = found.or_else(|| resource::registered(parts.type_name)) else {
            let message = resource::unknown(parts.type_name).message;
            let path = vec![Step::Key(Text::Borrowed("Type"))];
            return self.unchecked(id, &parts, vec![Reason::at(path, message)]);
        };
        if let Some(missing) = check::missing_transform(&self.template, parts.type_name) {
            let path = vec![Step::Key(Text::Borrowed("Type"))];
            return self.unchecked(id, &parts, vec![Reason::at(path, missing.message)]);
        }
        let options = self.options(&parts);
        let members = self
            .scope
            .members(parts.properties, &mut Context::properties_of(&resource));
        let rejected = violations(&resource, &members, &options);
        if !rejected.is_empty() {
            return self.unchecked(id, &parts, rejected);
        }
        let reference = ValueKind::referenced(&resource, parts.properties.names());
        let variable = self.scope.add_resource(id, &resource, reference);
        let logical_id = if syntax::is_word(id) {
            id.to_owned()
        } else {
            format!("(\"{id}\")")
        };
        let mut segments = parts.type_name.split("::");
        let type_name = if segments.all(syntax::is_word) {
            parts.type_name.to_owned()
        } else {
            super::literal::text(parts.type_name)
        };
        let kind = StatementKind::Resource(logical_id, type_name, members, options);
        self.push(Statement::binding(variable, kind));
    }

    /// A resource that `resource!` rejects.
    fn unchecked(&mut self, id: &str, parts: &Parts<'_>, reasons: Vec<Reason>) {
        self.scope.import("vsc::stack", "Draft");
        let properties = self
            .scope
            .members(parts.properties, &mut Context::anywhere());
        let mut statement = Statement::new(Code::Object(properties));
        statement.comment = comment("Not checked", &reasons);
        statement.kind = match statement.kind {
            StatementKind::Code(code) => StatementKind::Let("properties", code),
            other => other,
        };
        self.push(statement);
        let arguments = [Code::text(parts.type_name), Code::plain("properties")];
        let draft = Code::call("Draft::unchecked", arguments);
        let options = self.options(parts);
        let draft = if options.is_empty() {
            draft
        } else {
            self.follow(Statement {
                comment: Vec::new(),
                variable: None,
                kind: StatementKind::Let("mut draft", draft),
            });
            for (name, value) in &options {
                for code in draft_option(name, value) {
                    self.follow(Statement::new(code));
                }
            }
            Code::plain("draft")
        };
        let code = Code::plain("stack").method("add", [Code::text(id), draft]);
        self.follow(Statement::new(code));
        self.note("Resources", id, Kept::Unchecked, reasons);
    }

    /// The resource attributes in the syntax of `resource!`.
    fn options(&self, parts: &Parts<'_>) -> Vec<(String, Written)> {
        let options = parts.options.iter().map(|(name, value)| {
            let written = match (*name, *value) {
                ("DependsOn", Json::Array(items)) => {
                    Written::List(items.iter().map(|item| self.dependency(item)).collect())
                }
                ("DependsOn", one) => self.dependency(one),
                ("Condition", Json::String(id)) => match self.scope.condition(id) {
                    Some(variable) => Written::Code(Code::plain(format!("&{variable}"))),
                    None => Written::Scalar((*value).clone()),
                },
                (_, value) => self.scope.written(value, &mut Context::anywhere()),
            };
            ((*name).to_owned(), written)
        });
        options.collect()
    }

    fn dependency(&self, json: &Json) -> Written {
        let variable = json.as_str().and_then(|id| self.scope.dependency(id));
        match variable {
            Some(variable) => Written::Code(Code::plain(format!("&{variable}"))),
            None => Written::Scalar(json.clone()),
        }
    }
}

/// Takes a resource apart.
///
/// # Errors
///
/// The reason why the library cannot express it.
fn parts<'a>(id: &str, json: &'a Json) -> Result<Parts<'a>, String> {
    if !super::naming::is_logical_id(id) {
        return Err(format!("`{id}` is not a valid logical ID"));
    }
    let object = json.as_object().ok_or("a resource is an object")?;
    let type_name = object.get("Type").and_then(Json::as_str);
    let type_name = type_name.ok_or("a resource has a `Type`")?;
    let properties = match object.get("Properties") {
        None => &NONE,
        Some(Json::Object(properties)) => properties,
        Some(_) => return Err("`Properties` is not an object".to_owned()),
    };
    let mut options = Vec::new();
    for (name, value) in object.iter() {
        match (name, value) {
            ("Type" | "Properties", _) => {}
            ("DependsOn", Json::Array(items)) => {
                if !items.iter().all(|item| matches!(item, Json::String(_))) {
                    return Err("`DependsOn` is not a list of logical IDs".to_owned());
                }
                if !items.is_empty() {
                    options.push((name, value));
                }
            }
            ("DependsOn" | "Condition", Json::String(_)) => options.push((name, value)),
            ("DependsOn" | "Condition", _) => {
                return Err(format!("`{name}` has an invalid form"));
            }
            ("Metadata", Json::Object(metadata)) if metadata.is_empty() => {}
            ("Metadata", Json::Object(_)) => options.push((name, value)),
            ("Metadata", _) => return Err("`Metadata` is not an object".to_owned()),
            (name, value) if name == "Version" || RESOURCE_ATTRIBUTES.contains(&name) => {
                options.push((name, value));
            }
            (name, _) => return Err(format!("a resource has no `{name}`")),
        }
    }
    Ok(Parts {
        type_name,
        properties,
        options,
    })
}

/// Why `resource!` would reject the resource.
fn violations(
    resource: &ResourceType,
    members: &[(String, Written)],
    options: &[(String, Written)],
) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = resource
        .check_as(&syntax::checked(members), Dialect::Template)
        .into_iter()
        .map(|violation| {
            let properties = Step::Key(Text::Borrowed("Properties"));
            let path = [vec![properties], violation.location.path].concat();
            Reason::at(path, violation.diagnostic.message)
        })
        .collect();
    if let Json::Object(options) = syntax::checked(options) {
        let violations = resource.check_resource_attributes(&options, Dialect::Template);
        reasons.extend(
            violations
                .into_iter()
                .map(|violation| Reason::at(violation.location.path, violation.diagnostic.message)),
        );
    }
    reasons
}

/// The calls that set a resource attribute of a draft.
fn draft_option(name: &str, value: &Written) -> Vec<Code> {
    let draft = |method: &str, arguments: Vec<Code>| Code::plain("draft").method(method, arguments);
    let json = |value: &Written| Code::Json(Box::new(value.clone()));
    let one = |method: &str, value: &Written| match value {
        Written::Code(code) => draft(method, vec![code.clone()]),
        value => draft(&format!("{method}_named"), vec![json(value)]),
    };
    match (name, value) {
        ("DependsOn", Written::List(items)) => {
            items.iter().map(|item| one("depends_on", item)).collect()
        }
        ("DependsOn", value) => vec![one("depends_on", value)],
        ("Condition", value) => vec![one("condition", value)],
        (name, value) => vec![draft("set_option", vec![Code::text(name), json(value)])],
    }
}
