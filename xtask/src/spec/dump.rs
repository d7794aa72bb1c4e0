//! What only the code of cfn-lint says, as `dump.py` prints it.

use serde_json::Value;

use super::python::Python;

/// The program that imports cfn-lint.
const PROGRAM: &str = include_str!("dump.py");

/// Rules that read documents, and attributes.
#[derive(Debug, PartialEq)]
pub(super) struct Dump {
    /// In the order in which their constraints are packed.
    pub(super) rules: Vec<LintRule>,
    /// Types of which `Fn::GetAtt` gives every property.
    pub(super) every_property: Vec<String>,
    /// Properties that `Fn::GetAtt` gives although AWS does not set them, by type.
    pub(super) more_properties: Vec<(String, Vec<String>)>,
}

/// A rule of cfn-lint that validates by documents.
#[derive(Debug, PartialEq)]
pub(super) struct LintRule {
    /// Such as `E3025`.
    pub(super) id: String,
    /// What it validates, such as `Resources/AWS::RDS::DBInstance/Properties`.
    pub(super) keywords: Vec<String>,
    /// Folder below `cfnlint/data/schemas` and file of each document; the last is that of the rule.
    pub(super) documents: Vec<(String, String)>,
    pub(super) ignores_case_of_engine: bool,
}

impl Dump {
    /// Asks cfn-lint.
    pub(super) fn of(cfn_lint: &Python) -> Result<Self, String> {
        Self::parse(&cfn_lint.run(PROGRAM)?)
    }

    /// Reads what the program prints.
    ///
    /// # Errors
    ///
    /// When something is missing: a rule that is not read would take its constraints along.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let dump: Value =
            serde_json::from_str(text).map_err(|error| format!("dump.py: {error}"))?;
        Self::read(&dump)
            .ok_or_else(|| "dump.py: a member is missing or of another type".to_owned())
    }

    fn read(dump: &Value) -> Option<Self> {
        let rules = dump["rules"].as_array()?.iter().map(LintRule::read);
        let more = dump["more_properties"].as_object()?.iter();
        Some(Self {
            rules: rules.collect::<Option<_>>()?,
            every_property: strings(&dump["every_property"])?,
            more_properties: more
                .map(|(name, properties)| Some((name.clone(), strings(properties)?)))
                .collect::<Option<_>>()?,
        })
    }
}

impl LintRule {
    fn read(rule: &Value) -> Option<Self> {
        let documents = rule["documents"].as_array()?.iter().map(|document| {
            let [folder, file] = document.as_array()?.as_slice() else {
                return None;
            };
            Some((folder.as_str()?.to_owned(), file.as_str()?.to_owned()))
        });
        Some(Self {
            id: rule["id"].as_str()?.to_owned(),
            keywords: strings(&rule["keywords"])?,
            documents: documents.collect::<Option<_>>()?,
            ignores_case_of_engine: rule["ignores_case_of_engine"].as_bool()?,
        })
    }
}

fn strings(list: &Value) -> Option<Vec<String>> {
    let strings = list.as_array()?.iter();
    strings
        .map(|string| string.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
        "rules": [{
            "id": "E3025",
            "keywords": ["Resources/AWS::RDS::DBInstance/Properties"],
            "documents": [["extensions/aws_rds_dbinstance", "dbinstanceclass_enum.json"]],
            "ignores_case_of_engine": true
        }],
        "every_property": ["AWS::SQS::Queue"],
        "more_properties": { "AWS::DocDB::DBCluster": ["Port"] }
    }"#;

    #[test]
    fn a_dump_has_rules_and_attributes() {
        let dump = Dump::parse(TEXT).expect("it is whole");
        let rule = LintRule {
            id: "E3025".to_owned(),
            keywords: vec!["Resources/AWS::RDS::DBInstance/Properties".to_owned()],
            documents: vec![(
                "extensions/aws_rds_dbinstance".to_owned(),
                "dbinstanceclass_enum.json".to_owned(),
            )],
            ignores_case_of_engine: true,
        };
        assert_eq!(dump.rules, [rule]);
        assert_eq!(dump.every_property, ["AWS::SQS::Queue"]);
        let more = ("AWS::DocDB::DBCluster".to_owned(), vec!["Port".to_owned()]);
        assert_eq!(dump.more_properties, [more]);
    }

    #[test]
    fn a_dump_that_lacks_something_is_rejected() {
        for member in [
            "rules",
            "id",
            "keywords",
            "documents",
            "ignores_case_of_engine",
            "every_property",
            "more_properties",
        ] {
            let text = TEXT.replace(&format!("\"{member}\""), "\"other\"");
            let error = Dump::parse(&text).expect_err(member);
            assert_eq!(error, "dump.py: a member is missing or of another type");
        }
        let error = Dump::parse("").expect_err("it is empty");
        assert!(error.starts_with("dump.py: EOF"), "{error}");
    }
}
