//! The effect of a property's change on an existing resource.

use super::check::Step;
use super::shape::ResourceType;
use crate::json::Json;

/// The effect of an update on a resource, by increasing impact: AWS CloudFormation User
/// Guide, "Update behaviors of stack resources".
///
/// ```
/// use vsc_spec::resource::{self, Step, UpdateType};
///
/// let instance = resource::find("AWS::EC2::Instance").expect("the type exists");
/// let update = |property: &'static str| instance.update_of(&[Step::Key(property.into())]);
/// assert_eq!(update("Monitoring"), UpdateType::InPlace);
/// assert_eq!(update("InstanceType"), UpdateType::Interrupts);
/// assert_eq!(update("SubnetId"), UpdateType::Replaces);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UpdateType {
    /// It is updated without interruption.
    #[default]
    InPlace,
    /// It is updated with some interruption.
    Interrupts,
    /// It may be replaced, depending on more than the template.
    MayReplace,
    /// It is replaced.
    Replaces,
}

impl UpdateType {
    /// The text for users.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::InPlace => "in place",
            Self::Interrupts => "interrupts",
            Self::MayReplace => "may replace",
            Self::Replaces => "replaces",
        }
    }

    /// The stable name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InPlace => "in-place",
            Self::Interrupts => "interrupts",
            Self::MayReplace => "may-replace",
            Self::Replaces => "replaces",
        }
    }
}

use UpdateType::{InPlace, Interrupts, MayReplace, Replaces};

/// Facts that no schema has, by type and path; `*` is any item. The longest matching path applies.
///
/// Each line is from the page of the type in the AWS CloudFormation Template Reference ("Update
/// requires", and the text about updates above it), as published in the repository
/// awsdocs/aws-cloudformation-user-guide on 2023-09-19. "Some interruptions" there may mean either
/// a restart or a replacement; a line is here only where the page, or EC2-Classic being gone, says
/// which.
const FACTS: &[(&str, &str, UpdateType)] = &[
    ("AWS::AmazonMQ::Broker", "Configuration", Interrupts),
    ("AWS::AmazonMQ::Broker", "HostInstanceType", Interrupts),
    // "Updates to the Tags property may require some interruptions. Updates on an EIP reassociates the
    // address on its associated resource.": the schema's description of the type; that a change of tags
    // disassociates it: aws-cloudformation/cloudformation-coverage-roadmap, issue 309.
    ("AWS::EC2::EIP", "Tags", Interrupts),
    // EC2 stops and starts an instance whose root volume is on EBS, as that of every current image
    // is; only one with an instance store as its root would be replaced.
    ("AWS::EC2::Instance", "EbsOptimized", Interrupts),
    ("AWS::EC2::Instance", "InstanceType", Interrupts),
    ("AWS::EC2::Instance", "KernelId", Interrupts),
    ("AWS::EC2::Instance", "RamdiskId", Interrupts),
    ("AWS::EC2::Instance", "UserData", Interrupts),
    // "You can modify only the DeleteOnTermination parameter […] without interrupting the
    // instance. Modifying any other parameter results in instance replacement."
    ("AWS::EC2::Instance", "BlockDeviceMappings", Replaces),
    (
        "AWS::EC2::Instance",
        "BlockDeviceMappings/*/Ebs/DeleteOnTermination",
        InPlace,
    ),
    // Replacement was for EC2-Classic, which was shut down in August 2022.
    ("AWS::EC2::Instance", "SecurityGroupIds", InPlace),
    ("AWS::ElastiCache::CacheCluster", "AZMode", Interrupts),
    (
        "AWS::ElastiCache::CacheCluster",
        "NumCacheNodes",
        Interrupts,
    ),
    (
        "AWS::ElastiCache::CacheCluster",
        "PreferredAvailabilityZone",
        Interrupts,
    ),
    (
        "AWS::ElastiCache::ReplicationGroup",
        "NumNodeGroups",
        Interrupts,
    ),
    ("AWS::MWAA::Environment", "AirflowVersion", Interrupts),
    ("AWS::MWAA::Environment", "EnvironmentClass", Interrupts),
    ("AWS::Neptune::DBInstance", "DBInstanceClass", Interrupts),
    ("AWS::RDS::DBCluster", "EngineVersion", Interrupts),
    ("AWS::RDS::DBInstance", "DBInstanceClass", Interrupts),
    ("AWS::RDS::DBInstance", "EngineVersion", Interrupts),
    ("AWS::RDS::DBInstance", "StorageType", Interrupts),
    // RDS modifies the instance for these (ModifyDBInstance), and never replaces it.
    ("AWS::RDS::DBInstance", "BackupRetentionPeriod", Interrupts),
    ("AWS::RDS::DBInstance", "DBParameterGroupName", Interrupts),
    (
        "AWS::RDS::DBInstance",
        "AutoMinorVersionUpgrade",
        Interrupts,
    ),
    (
        "AWS::RDS::DBInstance",
        "PreferredMaintenanceWindow",
        Interrupts,
    ),
    ("AWS::RDS::DBInstance", "MultiAZ", Interrupts),
    // Replacement by the page, and by Route 53, whose records are identified by name.
    ("AWS::Route53::RecordSet", "Name", Replaces),
];

impl ResourceType {
    /// The effect of a change of the value at a path on a resource of this type.
    ///
    /// From the schema's `createOnlyProperties` and `conditionalCreateOnlyProperties`, and where
    /// those are silent from the facts above.
    pub fn update_of(&self, path: &[Step]) -> UpdateType {
        let listed = |paths: &[String]| paths.iter().any(|known| leads_to(known, path));
        if listed(&self.create_only) {
            return Replaces;
        }
        // The provider of a custom resource decides, by the physical ID that it returns: AWS
        // CloudFormation Template Reference, "Custom resource request types", update.
        if self.is_open() {
            return MayReplace;
        }
        let facts = FACTS
            .iter()
            .filter(|(name, known, _)| *name == self.name && leads_to(known, path));
        match facts.max_by_key(|(_, known, _)| known.len()) {
            Some((.., update)) => *update,
            None if listed(&self.conditional_create_only) => MayReplace,
            None => InPlace,
        }
    }

    /// The same for a value with everything in it, which is added, removed or replaced.
    pub fn update_of_value(&self, path: &[Step], value: &Json) -> UpdateType {
        let mut path = path.to_vec();
        self.greatest_impact(&mut path, value)
    }

    fn greatest_impact(&self, path: &mut Vec<Step>, value: &Json) -> UpdateType {
        let own = self.update_of(path);
        let inner = match value {
            Json::Object(object) if object.call().is_some() => {
                // Its value may have a property whose change replaces the resource.
                let mut paths = self.create_only.iter().chain(&self.conditional_create_only);
                let holds = paths.any(|known| continues(known, path));
                if holds { MayReplace } else { InPlace }
            }
            Json::Object(object) => {
                let members = object.iter().map(|(name, member)| {
                    path.push(Step::Key(name.to_owned().into()));
                    let update = self.greatest_impact(path, member);
                    path.pop();
                    update
                });
                members.max().unwrap_or_default()
            }
            Json::Array(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    path.push(Step::Index(index));
                    let update = self.greatest_impact(path, item);
                    path.pop();
                    update
                });
                items.max().unwrap_or_default()
            }
            _ => InPlace,
        };
        own.max(inner)
    }
}

/// Whether the known path continues after the path.
fn continues(known: &str, path: &[Step]) -> bool {
    let mut known = known.split('/');
    let fits = path.iter().all(|step| {
        known.next().is_some_and(|known| match step {
            Step::Key(name) => known == name || known == "*",
            Step::Index(_) => known == "*",
        })
    });
    fits && known.next().is_some()
}

/// Whether the path is the known one (`Rules/*/Id`) or below it.
fn leads_to(known: &str, path: &[Step]) -> bool {
    let mut path = path.iter();
    known.split('/').all(|known| match path.next() {
        Some(Step::Key(name)) => known == name || known == "*",
        Some(Step::Index(_)) => known == "*",
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::{find, names};

    fn update(resource: &str, path: &str) -> UpdateType {
        let steps: Vec<Step> = path
            .split('/')
            .map(|step| match step.parse() {
                Ok(index) => Step::Index(index),
                Err(_) => Step::Key(step.to_owned().into()),
            })
            .collect();
        find(resource).expect("the type exists").update_of(&steps)
    }

    #[test]
    fn create_only_properties_replace_and_so_does_what_is_in_them() {
        assert_eq!(update("AWS::EC2::Instance", "ImageId"), Replaces);
        assert_eq!(
            update("AWS::EC2::Instance", "NetworkInterfaces/0/SubnetId"),
            Replaces
        );
        assert_eq!(update("AWS::Route53::RecordSet", "HostedZoneId"), Replaces);
        assert_eq!(update("AWS::Route53::RecordSet", "TTL"), InPlace);
    }

    #[test]
    fn conditional_create_only_properties_may_replace() {
        assert_eq!(update("AWS::EC2::VPC", "InstanceTenancy"), MayReplace);
        assert_eq!(update("AWS::RDS::DBInstance", "Engine"), MayReplace);
    }

    #[test]
    fn facts_have_interruptions() {
        assert_eq!(update("AWS::EC2::Instance", "InstanceType"), Interrupts);
        assert_eq!(
            update("AWS::RDS::DBInstance", "DBInstanceClass"),
            Interrupts
        );
    }

    #[test]
    fn the_longest_path_applies() {
        let volume = "BlockDeviceMappings/0/Ebs/";
        let update = |member: &str| update("AWS::EC2::Instance", &format!("{volume}{member}"));
        assert_eq!(update("VolumeSize"), Replaces);
        assert_eq!(update("DeleteOnTermination"), InPlace);
    }

    #[test]
    fn a_value_counts_with_what_is_in_it() {
        let table = find("AWS::Batch::ComputeEnvironment").expect("the type exists");
        let path = [Step::Key("ComputeResources".into())];
        let value = |name: &'static str| Json::object([(name, "x")]);
        assert_eq!(table.update_of_value(&path, &value("MaxvCpus")), InPlace);
        assert_eq!(table.update_of_value(&path, &value("ImageId")), MayReplace);
        assert_eq!(table.update_of_value(&path, &value("Ref")), MayReplace);
    }

    #[test]
    fn the_provider_of_a_custom_resource_decides() {
        assert_eq!(update("Custom::Lookup", "Anything"), MayReplace);
    }

    #[test]
    fn every_fact_is_about_a_property_and_adds_to_its_schema() {
        for (name, path, _) in FACTS {
            let resource = find(name).expect(name);
            let first = path.split('/').next().unwrap_or_default();
            assert!(
                resource
                    .members(&[])
                    .iter()
                    .any(|member| member.name == first),
                "{name} has no {path}"
            );
            assert!(
                !resource.create_only.iter().any(|known| known == path),
                "{name}: the schema has the fact about {path}"
            );
        }
    }

    #[test]
    fn most_types_have_properties_that_replace() {
        let replacing = names()
            .filter_map(find)
            .filter(|resource| !resource.create_only.is_empty());
        assert!(replacing.count() > 1_500);
    }
}
