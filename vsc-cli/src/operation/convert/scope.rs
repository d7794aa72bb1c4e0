//! The names in scope while the program is written.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use vsc_spec::resource::{ResourceType, ValueKind, method_name};

use super::naming::Names;

/// The variables so far, and the imports from the library.
#[derive(Debug, Default)]
pub(super) struct Scope {
    names: Names,
    parameters: HashMap<String, (String, ValueKind)>,
    resources: HashMap<String, Resource>,
    conditions: HashMap<String, String>,
    used: RefCell<HashSet<String>>,
    imports: RefCell<BTreeMap<&'static str, BTreeSet<String>>>,
}

#[derive(Debug)]
struct Resource {
    variable: String,
    reference: ValueKind,
    attributes: Vec<(String, ValueKind)>,
}

impl Scope {
    pub(super) fn add_parameter(&mut self, logical_id: &str, kind: ValueKind) -> String {
        let variable = self.names.variable(logical_id, "parameter");
        self.parameters
            .insert(logical_id.to_owned(), (variable.clone(), kind));
        variable
    }

    pub(super) fn add_condition(&mut self, logical_id: &str) -> String {
        let variable = self.names.variable(logical_id, "condition");
        self.conditions
            .insert(logical_id.to_owned(), variable.clone());
        variable
    }

    pub(super) fn add_resource(
        &mut self,
        logical_id: &str,
        resource: &ResourceType,
        reference: ValueKind,
    ) -> String {
        let variable = self.names.variable(logical_id, "resource");
        let attributes = resource.attributes.iter();
        let attributes = attributes.map(|(name, given)| (name.clone(), ValueKind::given(given)));
        self.resources.insert(
            logical_id.to_owned(),
            Resource {
                variable: variable.clone(),
                reference,
                attributes: attributes.collect(),
            },
        );
        variable
    }

    /// The variable for the target of a `Ref`, and its kind, if it is in scope and of the kind.
    pub(super) fn reference(
        &self,
        logical_id: &str,
        asked: &ValueKind,
    ) -> Option<(String, ValueKind)> {
        let (variable, kind) = match self.parameters.get(logical_id) {
            Some((variable, kind)) => (variable, kind),
            None => {
                let resource = self.resources.get(logical_id)?;
                (&resource.variable, &resource.reference)
            }
        };
        kind.fits(asked)
            .then(|| (self.used(variable), kind.clone()))
    }

    /// The variable of a resource and the method for its attribute, if that is of the kind.
    pub(super) fn attribute(
        &self,
        logical_id: &str,
        attribute: &str,
        asked: &ValueKind,
    ) -> Option<(String, String, ValueKind)> {
        let resource = self.resources.get(logical_id)?;
        let method = method_name(attribute);
        // The first of two attributes of one name has the method.
        let mut attributes = resource.attributes.iter();
        let (name, kind) = attributes.find(|(name, _)| method_name(name) == method)?;
        let there = name == attribute && !name.contains('*') && kind.fits(asked);
        there.then(|| (self.used(&resource.variable), method, kind.clone()))
    }

    /// The variable of a resource that another one depends on.
    pub(super) fn dependency(&self, logical_id: &str) -> Option<String> {
        let resource = self.resources.get(logical_id)?;
        Some(self.used(&resource.variable))
    }

    pub(super) fn condition(&self, logical_id: &str) -> Option<String> {
        let variable = self.conditions.get(logical_id)?;
        Some(self.used(variable))
    }

    fn used(&self, variable: &str) -> String {
        self.used.borrow_mut().insert(variable.to_owned());
        variable.to_owned()
    }

    /// Whether anything refers to the variable.
    pub(super) fn is_used(&self, variable: &str) -> bool {
        self.used.borrow().contains(variable)
    }

    /// Imports an item of the library that is not in the prelude.
    pub(super) fn import(&self, module: &'static str, item: &str) -> String {
        let mut imports = self.imports.borrow_mut();
        imports.entry(module).or_default().insert(item.to_owned());
        item.to_owned()
    }

    /// The `use` lines of the program.
    pub(super) fn imports(&self) -> String {
        let imports = self.imports.borrow();
        let lines = imports.iter().map(|(module, items)| {
            let mut items: Vec<&str> = items.iter().map(String::as_str).collect();
            items.sort_by_key(|item| *item != "self");
            match items.as_slice() {
                [only] => format!("use {module}::{only};\n"),
                items => use_list(module, items),
            }
        });
        let mut lines: Vec<String> = lines.collect();
        lines.sort();
        lines.concat()
    }

    /// The Rust type of a kind.
    pub(super) fn type_of(&self, kind: &ValueKind) -> String {
        match kind {
            ValueKind::Anything => self.import("vsc", "Json"),
            ValueKind::Text => "String".to_owned(),
            ValueKind::Unidentified => self.import("vsc::template::identifier", "Unidentified"),
            ValueKind::Identifier(kind) => self.import("vsc::template::identifier", kind.name()),
            ValueKind::Integer => "i64".to_owned(),
            ValueKind::Number => "f64".to_owned(),
            ValueKind::Boolean => "bool".to_owned(),
            ValueKind::List(items) => format!("Vec<{}>", self.type_of(items)),
        }
    }
}

/// `use module::{a, b};`, with as many items in a line as fit.
fn use_list(module: &str, items: &[&str]) -> String {
    let flat = format!("use {module}::{{{}}};\n", items.join(", "));
    if flat.len() <= super::code::WIDTH + 1 {
        return flat;
    }
    let mut text = format!("use {module}::{{\n");
    let mut line = String::from("   ");
    for item in items {
        if line.len() + item.len() + 2 > super::code::WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = String::from("   ");
        }
        line.push(' ');
        line.push_str(item);
        line.push(',');
    }
    text.push_str(&line);
    text.push_str("\n};\n");
    text
}
