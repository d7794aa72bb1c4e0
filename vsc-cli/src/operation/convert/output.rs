//! Mappings and outputs.

use vsc_spec::Json;
use vsc_spec::cloudformation::has_function_prefix;

use super::code::Code;
use super::expression::Context;
use super::program::Program;
use super::statement::Statement;

impl Program {
    pub(super) fn mapping(&mut self, id: &str, json: &Json) {
        let is_table = |json: &Json| {
            json.as_object().is_some_and(|object| {
                object.iter().all(|(name, value)| {
                    !has_function_prefix(name) && matches!(value, Json::Object(_))
                })
            })
        };
        if !super::naming::is_logical_id(id) || !is_table(json) {
            let reason = "a mapping has two levels of keys";
            return self.element("Mappings", id, json, reason);
        }
        let table = json
            .as_object()
            .map(|object| self.scope.members(object, &mut Context::anywhere()));
        let arguments = [Code::text(id), Code::Object(table.unwrap_or_default())];
        self.push(Statement::new(
            Code::plain("stack").method("mapping", arguments),
        ));
    }

    pub(super) fn output(&mut self, id: &str, json: &Json) {
        match self.output_code(id, json) {
            Some(code) => self.push(Statement::new(code)),
            None => {
                let reason = "an output has a `Value`, and optionally a `Description`, a `Condition` and an `Export` with a `Name`";
                self.element("Outputs", id, json, reason);
            }
        }
    }

    fn output_code(&self, id: &str, json: &Json) -> Option<Code> {
        if !super::naming::is_logical_id(id) {
            return None;
        }
        let members = json.as_object()?;
        let value = self.scope.code(members.get("Value")?);
        if members.len() == 1 {
            return Some(Code::plain("stack").method("output", [Code::text(id), value]));
        }
        let mut output = Code::call("Output::new", [value]);
        for (name, value) in members.iter() {
            output = match (name, value) {
                ("Value", _) => output,
                ("Description", Json::String(text)) => {
                    output.method("description", [Code::text(text)])
                }
                ("Condition", Json::String(id)) => match self.scope.condition(id) {
                    Some(variable) => {
                        output.method("condition", [Code::plain(format!("&{variable}"))])
                    }
                    None => output.method("condition_named", [Code::text(id)]),
                },
                ("Export", Json::Object(export)) => match export.single() {
                    Some(("Name", name)) => output.method("export", [self.export(name)]),
                    _ => return None,
                },
                _ => return None,
            };
        }
        let arguments = [Code::text(id), output];
        Some(Code::plain("stack").method("output_described", arguments))
    }

    fn export(&self, name: &Json) -> Code {
        self.scope.text(name).unwrap_or_else(|| {
            self.scope.import("vsc::template", "Value");
            let json = self.scope.json(name);
            Code::call("Value::<String>::from_json", [json])
        })
    }
}
