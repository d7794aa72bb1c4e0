//! The attributes of `Fn::GetAtt`.

use super::shape::ResourceType;
use crate::diagnostic::Diagnostic;
use crate::suggest;

/// Types whose attributes are also the outputs of the stack that they create.
const STACKS: [&str; 3] = [
    "AWS::CloudFormation::Stack",
    "AWS::Serverless::Application",
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
];

/// Keywords of Rust (The Rust Reference, "Keywords").
pub const KEYWORDS: [&str; 53] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "_",
];

impl ResourceType {
    /// Checks the name of an attribute.
    ///
    /// # Errors
    ///
    /// When resources of this type have no such attribute.
    pub fn check_attribute(&self, name: &str) -> Result<(), Diagnostic> {
        let names = || self.attributes.iter().map(|(known, _)| known.as_str());
        let is_output = STACKS.contains(&self.name.as_str()) && name.starts_with("Outputs.");
        if self.is_open() || is_output || names().any(|known| is_same(known, name)) {
            return Ok(());
        }
        let diagnostic = Diagnostic::new(format!("`{}` has no attribute `{name}`", self.name));
        Err(match suggest::did_you_mean(name, names()) {
            Some(help) => diagnostic.help(help),
            None => diagnostic.note(format!("it has {}", suggest::list(names()))),
        })
    }
}

/// Whether a name is that of a known attribute; `*` is any item.
fn is_same(known: &str, name: &str) -> bool {
    let (mut known, mut name) = (known.split('.'), name.split('.'));
    loop {
        match (known.next(), name.next()) {
            (None, None) => return true,
            (Some(known), Some(name)) if known == "*" || known == name => {}
            _ => return false,
        }
    }
}

/// The name of the method that returns an attribute: `Endpoint.Address` becomes `endpoint_address`, and a
/// keyword gets a trailing underscore.
pub fn method_name(attribute: &str) -> String {
    escaped(snake_case(attribute))
}

/// `DBInstanceArn` as `db_instance_arn`, `Endpoint.Address` as `endpoint_address`.
pub fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::new();
    for (index, letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            if !snake.ends_with('_') {
                snake.push('_');
            }
            continue;
        }
        let before = index.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(index + 1);
        let begins = letter.is_ascii_uppercase()
            && (before
                .is_some_and(|before| before.is_ascii_lowercase() || before.is_ascii_digit())
                || (before.is_some_and(|before| before.is_ascii_uppercase())
                    && after.is_some_and(char::is_ascii_lowercase)));
        if begins && !snake.ends_with('_') && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

/// A name with a trailing underscore if it is a keyword.
fn escaped(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) {
        name + "_"
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::find;

    #[test]
    fn attributes_have_names_of_methods() {
        assert_eq!(method_name("Arn"), "arn");
        assert_eq!(method_name("DBInstanceArn"), "db_instance_arn");
        assert_eq!(method_name("Endpoint.Address"), "endpoint_address");
        assert_eq!(method_name("Ipv6CidrBlocks"), "ipv6_cidr_blocks");
        assert_eq!(method_name("VpcId"), "vpc_id");
        assert_eq!(method_name("Type"), "type_");
    }

    fn reported(resource: &str, attribute: &str) -> Option<String> {
        let resource = find(resource).expect("the type exists");
        let reported = resource.check_attribute(attribute);
        reported.err().map(|diagnostic| diagnostic.to_string())
    }

    #[test]
    fn an_unknown_attribute_is_an_error() {
        assert_eq!(reported("AWS::S3::Bucket", "Arn"), None);
        assert_eq!(reported("AWS::RDS::DBInstance", "Endpoint.Address"), None);
        assert_eq!(
            reported("AWS::S3::Bucket", "Arnn").as_deref(),
            Some("`AWS::S3::Bucket` has no attribute `Arnn`\n= help: did you mean `Arn`?")
        );
    }

    #[test]
    fn outputs_and_custom_resources_are_open() {
        assert_eq!(reported("AWS::CloudFormation::Stack", "Outputs.Url"), None);
        assert!(reported("AWS::CloudFormation::Stack", "Url").is_some());
        assert_eq!(reported("Custom::Lookup", "Anything"), None);
    }
}
