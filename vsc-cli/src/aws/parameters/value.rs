//! Validation of parameter values before AWS sees them.

use vsc_spec::Diagnostic;
use vsc_spec::java::Pattern;
use vsc_spec::suggest;
use vsc_spec::team::{HostedZoneId, SubnetId, VpcId, check_ec2_id};

use super::declared::ParameterDeclaration;

/// The maximum length of a value, in bytes: AWS CloudFormation User Guide, "Quotas".
const LONGEST: usize = 4_096;

impl ParameterDeclaration {
    /// Checks a value by the parameter's type and constraints.
    pub(crate) fn check(&self, value: &str) -> Result<(), Diagnostic> {
        // Secrets are never shown.
        let shown = if self.is_secret {
            "the value".to_owned()
        } else {
            format!("{value:?}")
        };
        if value.len() > LONGEST {
            return Err(
                Diagnostic::new(format!("the value is too long: {} bytes", value.len()))
                    .note(format!("a parameter value has at most {LONGEST} bytes")),
            );
        }
        let items: Vec<&str> = match self.item() {
            Some(_) => value.split(',').map(str::trim).collect(),
            None => vec![value],
        };
        for item in &items {
            check_kind(self.item().unwrap_or(&self.kind), item)?;
            if !self.allowed.is_empty() && !self.allowed.iter().any(|allowed| allowed == item) {
                let allowed = || self.allowed.iter().map(String::as_str);
                return Err(self.rejected(
                    format!("{shown} is not one of the allowed values"),
                    suggest::did_you_mean(item, allowed())
                        .unwrap_or_else(|| format!("allowed values: {}", suggest::list(allowed()))),
                ));
            }
        }
        if self.kind == "Number" {
            self.check_range(value)?;
        }
        self.check_length_and_pattern(value, &shown)
    }

    /// The type of the items, if it is a list.
    fn item(&self) -> Option<&str> {
        if self.kind == "CommaDelimitedList" {
            return Some("String");
        }
        self.kind.strip_prefix("List<")?.strip_suffix('>')
    }

    fn check_range(&self, value: &str) -> Result<(), Diagnostic> {
        let number: f64 = value.parse().unwrap_or(f64::NAN);
        let (lowest, highest) = self.range;
        let low = lowest.filter(|lowest| number < *lowest);
        let high = highest.filter(|highest| number > *highest);
        let limit = match (low, high) {
            (Some(lowest), _) => format!("the minimum is {lowest}"),
            (_, Some(highest)) => format!("the maximum is {highest}"),
            (None, None) => return Ok(()),
        };
        Err(self.rejected(format!("{value} is out of range"), limit))
    }

    #[allow(clippy::cast_precision_loss)]
    fn check_length_and_pattern(&self, value: &str, shown: &str) -> Result<(), Diagnostic> {
        let length = value.chars().count() as f64;
        let (shortest, longest) = self.length;
        if shortest.is_some_and(|shortest| length < shortest) {
            let shortest = shortest.unwrap_or_default();
            return Err(self.rejected(
                format!("{shown} is too short: {length} characters"),
                format!("the minimum length is {shortest}"),
            ));
        }
        if longest.is_some_and(|longest| length > longest) {
            let longest = longest.unwrap_or_default();
            return Err(self.rejected(
                format!("{shown} is too long: {length} characters"),
                format!("the maximum length is {longest}"),
            ));
        }
        let Some(pattern) = &self.pattern else {
            return Ok(());
        };
        // What cannot be decided here is left to AWS.
        match Pattern::new(pattern).map(|pattern| pattern.matches(value)) {
            Ok(Some(false)) => Err(self.rejected(
                format!("{shown} does not match the pattern"),
                format!("the whole value must match {pattern}"),
            )),
            _ => Ok(()),
        }
    }

    fn rejected(&self, message: String, note: String) -> Diagnostic {
        let diagnostic = Diagnostic::new(message).note(note);
        match &self.constraint {
            Some(constraint) => diagnostic.help(constraint.clone()),
            None => diagnostic,
        }
    }
}

/// Checks the format of a type, by the rules of a team where they apply.
fn check_kind(kind: &str, value: &str) -> Result<(), Diagnostic> {
    let owned = || value.to_owned();
    match kind {
        "Number" => value
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(drop)
            .ok_or_else(|| Diagnostic::new(format!("{value:?} is not a number"))),
        "AWS::EC2::VPC::Id" => VpcId::new(owned()).map(drop),
        "AWS::EC2::Subnet::Id" => SubnetId::new(owned()).map(drop),
        // Emulators of AWS create zone IDs that do not begin with a Z.
        "AWS::Route53::HostedZone::Id" if is_zone(value) => Ok(()),
        "AWS::Route53::HostedZone::Id" => HostedZoneId::new(owned()).map(drop),
        "AWS::EC2::Image::Id" => check_ec2_id(value, "ami-", "an image"),
        "AWS::EC2::Instance::Id" => check_ec2_id(value, "i-", "an instance"),
        "AWS::EC2::SecurityGroup::Id" => check_ec2_id(value, "sg-", "a security group"),
        "AWS::EC2::Volume::Id" => check_ec2_id(value, "vol-", "a volume"),
        kind if kind != "String" && value.trim().is_empty() => {
            Err(Diagnostic::new("the value is empty")
                .note(format!("the parameter has the type {kind}")))
        }
        _ => Ok(()),
    }
}

fn is_zone(id: &str) -> bool {
    let mut letters = id.bytes();
    (2..=32).contains(&id.len())
        && letters.all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(kind: &str) -> ParameterDeclaration {
        ParameterDeclaration {
            name: "P".to_owned(),
            kind: kind.to_owned(),
            ..ParameterDeclaration::default()
        }
    }

    fn error_of(parameter: &ParameterDeclaration, value: &str) -> String {
        parameter.check(value).expect_err(value).to_string()
    }

    #[test]
    fn identifiers_have_their_format() {
        let vpc = parameter("AWS::EC2::VPC::Id");
        assert!(vpc.check("vpc-0a1b2c3d4e5f67890").is_ok());
        assert!(error_of(&vpc, "subnet-0a1b2c3d").contains("is not the ID of a VPC"));
        let zone = parameter("AWS::Route53::HostedZone::Id");
        assert!(
            error_of(&zone, "/hostedzone/Z0123456789ABC").ends_with("write \"Z0123456789ABC\"")
        );
        let groups = parameter("List<AWS::EC2::SecurityGroup::Id>");
        assert!(groups.check("sg-0a1b2c3d, sg-0a1b2c3e").is_ok());
        assert!(error_of(&groups, "sg-0a1b2c3d,ami-0a1b2c3e").contains("security group"));
    }

    #[test]
    fn the_pattern_matches_the_whole_value() {
        let mut source = parameter("String");
        source.pattern = Some(r"(\d{1,3}\.){3}\d{1,3}/(3[0-2]|[12]?\d)".to_owned());
        source.constraint = Some("a range such as 203.0.113.0/24".to_owned());
        assert!(source.check("203.0.113.0/24").is_ok());
        let reported = error_of(&source, "203.0.113.0/24 ");
        assert!(
            reported.starts_with("\"203.0.113.0/24 \" does not match the pattern"),
            "{reported}"
        );
        assert!(
            reported.ends_with("= help: a range such as 203.0.113.0/24"),
            "{reported}"
        );
    }

    #[test]
    fn a_secret_is_never_shown() {
        let mut password = parameter("String");
        password.is_secret = true;
        password.length = (Some(16.0), Some(64.0));
        assert_eq!(
            error_of(&password, "hunter2"),
            "the value is too short: 7 characters\nthe minimum length is 16"
        );
    }

    #[test]
    fn numbers_and_choices_are_checked() {
        let mut number = parameter("Number");
        number.range = (Some(1.0), Some(9.0));
        assert!(number.check("9").is_ok());
        assert!(error_of(&number, "10").contains("the maximum is 9"));
        assert!(error_of(&number, "many").contains("is not a number"));
        let mut choice = parameter("String");
        choice.allowed = vec!["small".to_owned(), "large".to_owned()];
        assert!(error_of(&choice, "smal").contains("did you mean `small`?"));
    }
}
