//! The attributes that `Fn::GetAtt` gives.

use super::shape::ResourceType;
use crate::finding::Finding;
use crate::suggest;

/// Types whose attributes are also the outputs of the stack that they make.
const STACKS: [&str; 3] = [
    "AWS::CloudFormation::Stack",
    "AWS::Serverless::Application",
    "AWS::ServiceCatalog::CloudFormationProvisionedProduct",
];

impl ResourceType {
    /// Judges the name of an attribute.
    ///
    /// # Errors
    ///
    /// When resources of this type have no such attribute.
    pub fn check_attribute(&self, name: &str) -> Result<(), Finding> {
        let names = || self.attributes.iter().map(|(known, _)| known.as_str());
        let is_output = STACKS.contains(&self.name.as_str()) && name.starts_with("Outputs.");
        if self.is_custom() || is_output || names().any(|known| is_same(known, name)) {
            return Ok(());
        }
        let finding = Finding::new(format!("`{}` has no attribute `{name}`", self.name));
        Err(match suggest::did_you_mean(name, names()) {
            Some(help) => finding.help(help),
            None => finding.why(format!("it has {}", suggest::list(names()))),
        })
    }
}

/// Whether an attribute is the one that is meant; `*` stands for any item.
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

#[cfg(test)]
mod tests {
    use crate::resource::find;

    fn told(resource: &str, attribute: &str) -> Option<String> {
        let resource = find(resource).expect("the type exists");
        let told = resource.check_attribute(attribute);
        told.err().map(|finding| finding.to_string())
    }

    #[test]
    fn an_attribute_is_one_of_its_type() {
        assert_eq!(told("AWS::S3::Bucket", "Arn"), None);
        assert_eq!(told("AWS::RDS::DBInstance", "Endpoint.Address"), None);
        assert_eq!(
            told("AWS::S3::Bucket", "Arnn").as_deref(),
            Some("`AWS::S3::Bucket` has no attribute `Arnn`\n= help: did you mean `Arn`?")
        );
    }

    #[test]
    fn outputs_and_custom_resources_are_open() {
        assert_eq!(told("AWS::CloudFormation::Stack", "Outputs.Url"), None);
        assert!(told("AWS::CloudFormation::Stack", "Url").is_some());
        assert_eq!(told("Custom::Lookup", "Anything"), None);
    }
}
