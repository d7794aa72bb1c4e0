//! Conditions and rules.

use vsc_spec::Json;
use vsc_spec::cloudformation::{self, IntrinsicFunction};

use super::code::Code;
use super::program::Program;
use super::scope::Scope;
use super::statement::{Statement, StatementKind};

impl Program {
    pub(super) fn condition(&mut self, id: &str, json: &Json) {
        if !super::naming::is_logical_id(id) {
            let reason = format!("`{id}` is not a valid logical ID");
            return self.element("Conditions", id, json, reason);
        }
        let expression = self.scope.condition_expression(json);
        let arguments = [Code::text(id), expression];
        let code = Code::plain("stack").method("condition", arguments);
        let variable = self.scope.add_condition(id);
        self.push(Statement::binding(variable, StatementKind::Code(code)));
    }

    pub(super) fn rule(&mut self, id: &str, json: &Json) {
        let Some(rule) = self.rule_code(json) else {
            let reason = "a rule has `Assertions` with `Assert` and `AssertDescription`, and optionally a `RuleCondition`";
            return self.element("Rules", id, json, reason);
        };
        self.scope.import("vsc::template", "Rule");
        let code = Code::plain("stack").method("rule", [Code::text(id), rule]);
        self.push(Statement::new(code));
    }

    fn rule_code(&self, json: &Json) -> Option<Code> {
        let members = json.as_object()?;
        if members
            .names()
            .any(|name| !["RuleCondition", "Assertions"].contains(&name))
        {
            return None;
        }
        let mut rule: Option<Code> = None;
        for assertion in json.get("Assertions")?.as_array()? {
            let names = ["Assert", "AssertDescription"];
            if assertion
                .as_object()?
                .names()
                .any(|name| !names.contains(&name))
            {
                return None;
            }
            let mut arguments = vec![self.scope.condition_expression(assertion.get("Assert")?)];
            let described = match assertion.get("AssertDescription") {
                Some(Json::String(description)) => {
                    arguments.push(Code::text(description));
                    true
                }
                Some(_) => return None,
                None => false,
            };
            rule = Some(match (rule, described) {
                (None, true) => Code::call("Rule::new", arguments),
                (None, false) => Code::call("Rule::without_description", arguments),
                (Some(rule), true) => rule.method("assert", arguments),
                (Some(rule), false) => rule.method("assert_without_description", arguments),
            });
        }
        let rule = rule?;
        Some(match json.get("RuleCondition") {
            Some(condition) => rule.method("when", [self.scope.condition_expression(condition)]),
            None => rule,
        })
    }
}

const CONDITION: &str = "vsc::template::condition";
const RULE: &str = "vsc::template::rule";

impl Scope {
    /// A condition as Rust.
    fn condition_expression(&self, json: &Json) -> Code {
        self.known_condition(json).unwrap_or_else(|| {
            self.import("vsc::template", "ConditionExpression");
            Code::call("ConditionExpression::from_json", [self.json(json)])
        })
    }

    fn known_condition(&self, json: &Json) -> Option<Code> {
        if let (cloudformation::CONDITION, Json::String(id)) = json.as_object()?.single()? {
            let variable = self.condition(id)?;
            self.import("vsc::template", "ConditionExpression");
            let variable = Code::plain(format!("&{variable}"));
            return Some(Code::call("ConditionExpression::named", [variable]));
        }
        let (intrinsic, argument) = json.function()?;
        match (intrinsic, argument) {
            (IntrinsicFunction::Equals, Json::Array(arguments)) if arguments.len() == 2 => {
                let arguments: Vec<Code> = arguments.iter().map(|item| self.code(item)).collect();
                Some(Code::call(self.import(CONDITION, "equals"), arguments))
            }
            (IntrinsicFunction::Not, Json::Array(arguments)) if arguments.len() == 1 => {
                let inner: Vec<Code> = self.conditions(arguments);
                Some(Code::call(self.import(CONDITION, "not"), inner))
            }
            (IntrinsicFunction::And | IntrinsicFunction::Or, Json::Array(arguments))
                if !arguments.is_empty() =>
            {
                let function = if intrinsic == IntrinsicFunction::And {
                    "and"
                } else {
                    "or"
                };
                let arguments = Code::Array(self.conditions(arguments));
                Some(Code::call(self.import(CONDITION, function), [arguments]))
            }
            (IntrinsicFunction::Contains, Json::Array(arguments)) => {
                let [Json::Array(list), value] = arguments.as_slice() else {
                    return None;
                };
                let is_text = |item: &Json| matches!(item, Json::String(_));
                if list.is_empty() || !list.iter().all(is_text) {
                    return None;
                }
                let list = Code::Array(list.iter().map(|item| self.code(item)).collect());
                let value = self.text(value)?;
                Some(Code::call(self.import(RULE, "contains"), [list, value]))
            }
            _ => None,
        }
    }

    fn conditions(&self, arguments: &[Json]) -> Vec<Code> {
        let arguments = arguments.iter();
        arguments
            .map(|item| self.condition_expression(item))
            .collect()
    }
}
