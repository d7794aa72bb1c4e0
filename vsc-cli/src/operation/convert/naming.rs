//! Names of variables and stacks.

use std::collections::HashSet;

use vsc_spec::resource::resource_attributes::check_logical_id;
use vsc_spec::resource::{KEYWORDS, snake_case};

/// The functions and the argument of the program.
const TAKEN: [&str; 22] = [
    "and",
    "base64",
    "cidr",
    "contains",
    "each_member_equals",
    "each_member_in",
    "equals",
    "find_in_map",
    "get_azs",
    "if_",
    "import_value",
    "join",
    "not",
    "or",
    "properties",
    "draft",
    "ref_all",
    "select",
    "split",
    "stack",
    "sub",
    "value_of",
];

/// The names that a program has used already.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<String>);

impl Names {
    /// A variable for a logical ID, with `kind` added if the plain name is taken.
    pub(super) fn variable(&mut self, logical_id: &str, kind: &str) -> String {
        let mut name = snake_case(logical_id).trim_matches('_').to_owned();
        if name.is_empty() || name.starts_with(|letter: char| letter.is_ascii_digit()) {
            name = format!("{kind}_{name}");
        }
        let candidates = [name.clone(), format!("{name}_{kind}")];
        let numbered = (2_u32..).map(|number| format!("{name}_{number}"));
        let free = |name: &String| {
            !KEYWORDS.contains(&name.as_str())
                && !TAKEN.contains(&name.as_str())
                && !self.0.contains(name)
        };
        let free = candidates.into_iter().chain(numbered).find(free);
        let name = free.unwrap_or(name);
        self.0.insert(name.clone());
        name
    }
}

/// A stack name from a file name: letters, digits and hyphens, beginning with a letter.
pub(crate) fn stack(file: &str) -> String {
    let mut name = String::new();
    for letter in file.chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    let name: String = name.chars().take(100).collect();
    if name.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        name
    } else {
        format!("stack-{name}").trim_end_matches('-').to_owned()
    }
}

/// Whether CloudFormation accepts it as a logical ID.
pub(super) fn is_logical_id(id: &str) -> bool {
    check_logical_id(id).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_have_rust_names() {
        let mut names = Names::default();
        assert_eq!(
            names.variable("VPCGatewayAttachment", "resource"),
            "vpc_gateway_attachment"
        );
        assert_eq!(
            names.variable("VpcGatewayAttachment", "resource"),
            "vpc_gateway_attachment_resource"
        );
        assert_eq!(
            names.variable("VPCgatewayAttachment", "resource"),
            "vp_cgateway_attachment"
        );
        assert_eq!(names.variable("Type", "resource"), "type_resource");
        assert_eq!(names.variable("2nd", "resource"), "resource_2nd");
        assert_eq!(names.variable("Stack", "resource"), "stack_resource");
    }

    #[test]
    fn stack_names_from_files_are_valid() {
        let long = "Ä1".repeat(200);
        for file in [
            "",
            "-",
            "2024",
            "VPC_Flow Logs",
            "été.yaml",
            "a--b",
            "9-9",
            &long,
        ] {
            let name = stack(file);
            let valid = vsc_spec::team::StackName::new(name.clone());
            assert!(valid.is_ok(), "{file:?} gives {name:?}");
        }
    }

    #[test]
    fn stacks_are_named_after_files() {
        assert_eq!(stack("VPC_Flow Logs.cfn"), "vpc-flow-logs-cfn");
        assert_eq!(stack("2024"), "stack-2024");
        assert_eq!(stack(""), "stack");
    }
}
