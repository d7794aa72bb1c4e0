//! The template of the first step of a move: the host stays as it is deployed, and the volume of the homes
//! is beside it.

use std::collections::BTreeSet;

use vsc_core::template::{Relation, mentions, mentions_of_resource};
use vsc_spec::{Json, Object};

/// The deployed stack whose homes are moved.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved<'a> {
    /// The deployed template.
    pub(super) deployed: &'a Json,
    /// The logical IDs of the host and of the volume.
    pub(super) host: &'a str,
    pub(super) volume: &'a str,
    /// The instance of the running host, and its image.
    pub(super) instance: &'a str,
    pub(super) image: &'a str,
}

impl Moved<'_> {
    /// The new template, with the properties of the deployed host, so that nothing replaces it. A volume
    /// that is attached to it stays attached: CloudFormation forgets the attachment in the next step, and
    /// does not undo it.
    ///
    /// # Errors
    ///
    /// When the host refers to something that the new template does not have: its name.
    pub(super) fn template(&self, new: &Json) -> Result<Json, String> {
        let Json::Object(mut template) = new.clone() else {
            return Ok(new.clone());
        };
        let properties = self.properties();
        let attachments: Vec<(String, Json)> = self.attachments().collect();
        let needed = Json::array(
            std::iter::once(properties.clone()).chain(attachments.iter().map(|(_, it)| it.clone())),
        );
        for parameter in missing(new, &needed) {
            let declared = self.deployed.get("Parameters");
            let declared = declared
                .and_then(|declared| declared.get(&parameter))
                .cloned();
            let Some(declared) = declared else {
                return Err(parameter);
            };
            insert(&mut template, "Parameters", &parameter, declared);
        }
        if let Some(Json::Object(resources)) = template.get_mut("Resources") {
            for (id, attachment) in attachments {
                resources.insert(id, attachment);
            }
            if let Some(Json::Object(volume)) = resources.get_mut(self.volume) {
                volume.insert("DeletionPolicy", "Retain");
            }
            let mut resources_of_step = resources
                .iter()
                .map(|(id, resource)| (id.to_owned(), self.with_instance(resource)))
                .collect::<Object>();
            let before = independent(&resources_of_step, self.host);
            if let Some(Json::Object(host)) = resources_of_step.get_mut(self.host) {
                host.insert("Properties", properties);
                host.insert("DependsOn", Json::array(before));
            }
            *resources = resources_of_step;
        }
        Ok(Json::Object(template))
    }

    /// The deployed template for a comparison with that of this step: what is written in another way, and
    /// has the same value, is written as there.
    pub(super) fn compared(&self, new: &Json) -> Json {
        let mut deployed = self.deployed.clone();
        let property = |template: &Json, id: &str, name: &str| {
            let path = ["Resources", id, "Properties", name];
            let found = path
                .iter()
                .try_fold(template, |value, name| value.get(name));
            found.cloned()
        };
        let image = Some(Json::from(self.image.to_owned()));
        let zone = property(new, self.volume, ZONE);
        for (id, name, value) in [(self.host, IMAGE, image), (self.volume, ZONE, zone)] {
            let is_there = property(&deployed, id, name).is_some();
            if let (true, Some(value)) = (is_there, value) {
                set_property(&mut deployed, id, name, value);
            }
        }
        deployed
    }

    /// The resource, if it is a rule of EventBridge, with the ID of the standing host instead of a
    /// reference: a rule that refers to the host would be made after it.
    fn with_instance(&self, resource: &Json) -> Json {
        let kind = resource.get("Type").and_then(Json::as_str);
        if kind != Some("AWS::Events::Rule") {
            return resource.clone();
        }
        let reference = format!("${{{}}}", self.host);
        replaced(resource, &reference, self.instance)
    }

    /// The deployed properties of the host. The name of an image may by now stand for another one; a host
    /// that has its image from a launch template keeps that.
    fn properties(&self) -> Json {
        let path = ["Resources", self.host, "Properties"];
        let found = path
            .iter()
            .try_fold(self.deployed, |value, name| value.get(name));
        let mut properties = found.and_then(Json::as_object).cloned().unwrap_or_default();
        if properties.contains(IMAGE) {
            properties.insert(IMAGE, self.image.to_owned());
        }
        Json::Object(properties)
    }

    /// The deployed attachments of the volume, which are kept when they leave the template.
    fn attachments(&self) -> impl Iterator<Item = (String, Json)> {
        let resources = self.deployed.get("Resources").and_then(Json::as_object);
        let resources = resources.into_iter().flat_map(Object::iter);
        resources.filter_map(|(id, resource)| {
            let kind = resource.get("Type")?.as_str()?;
            let volume = resource.get("Properties")?.get("VolumeId")?;
            let mut mentions = mentions(volume).into_iter();
            let is_of_homes = mentions.any(|mention| mention.name == self.volume);
            if kind != "AWS::EC2::VolumeAttachment" || !is_of_homes {
                return None;
            }
            let mut resource = resource.as_object()?.clone();
            resource.insert("DeletionPolicy", "Retain");
            Some((id.to_owned(), Json::Object(resource)))
        })
    }
}

/// A value in which a text takes the place of another one, in all strings.
fn replaced(value: &Json, from: &str, to: &str) -> Json {
    match value {
        Json::String(text) if text.contains(from) => Json::from(text.replace(from, to)),
        Json::Array(items) => Json::array(items.iter().map(|item| replaced(item, from, to))),
        Json::Object(members) => {
            let members = members.iter();
            let members = members.map(|(name, it)| (name.to_owned(), replaced(it, from, to)));
            Json::Object(members.collect())
        }
        other => other.clone(),
    }
}

/// The resources that do not depend on one of them, not even through others.
fn independent(resources: &Object, id: &str) -> Vec<String> {
    let mut dependent = BTreeSet::from([id]);
    loop {
        let found: Vec<&str> = resources
            .iter()
            .filter(|(other, _)| !dependent.contains(other))
            .filter(|(_, resource)| {
                let mentions = mentions_of_resource(resource);
                let mut mentions = mentions.iter();
                mentions.any(|mention| dependent.contains(mention.name.as_str()))
            })
            .map(|(other, _)| other)
            .collect();
        if found.is_empty() {
            break;
        }
        dependent.extend(found);
    }
    let others = resources.names().filter(|other| !dependent.contains(other));
    others.map(str::to_owned).collect()
}

const IMAGE: &str = "ImageId";

const ZONE: &str = "AvailabilityZone";

/// The names that a value refers to, and a template lacks.
fn missing(template: &Json, value: &Json) -> Vec<String> {
    let has = |sections: &[&str], name: &str| {
        let mut sections = sections.iter();
        sections.any(|section| {
            let section = template.get(section);
            section.is_some_and(|section| section.get(name).is_some())
        })
    };
    let mut names: Vec<String> = mentions(value)
        .into_iter()
        .filter(|mention| {
            !has(
                match mention.relation {
                    Relation::Condition => &["Conditions"],
                    Relation::Mapping => &["Mappings"],
                    _ => &["Resources", "Parameters"],
                },
                &mention.name,
            )
        })
        .map(|mention| mention.name)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn insert(template: &mut Object, section: &'static str, name: &str, value: Json) {
    if let Some(Json::Object(members)) = template.get_mut(section) {
        members.insert(name.to_owned(), value);
    } else {
        template.insert(
            section,
            Json::Object(Object::new().with(name.to_owned(), value)),
        );
    }
}

fn set_property(template: &mut Json, id: &str, name: &'static str, value: Json) {
    let mut at = template;
    for member in ["Resources", id, "Properties"] {
        let Json::Object(members) = at else { return };
        let Some(next) = members.get_mut(member) else {
            return;
        };
        at = next;
    }
    if let Json::Object(properties) = at {
        properties.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::Template;
    use vsc_core::diff::{Difference, Homes, HomesHolder};

    const NEW: &str = "
Parameters:
  SubnetId: {Type: AWS::EC2::Subnet::Id}
  ImageId: {Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>, Default: /aws/a}
  AvailabilityZone: {Type: AWS::EC2::AvailabilityZone::Name}
Resources:
  Group: {Type: AWS::EC2::SecurityGroup}
  HomeVolume: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot, Properties: {AvailabilityZone: !Ref AvailabilityZone, Size: 22}}
  HostImage: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: !Ref ImageId}}}
  Host:
    Type: AWS::EC2::Instance
    Metadata: {Version: new, Volume: !Ref HomeVolume}
    Properties:
      LaunchTemplate: {LaunchTemplateId: !Ref HostImage, Version: '1'}
      AvailabilityZone: !Ref AvailabilityZone
      SubnetId: !Ref SubnetId
      UserData: new
  Record: {Type: AWS::Route53::RecordSet, Properties: {SetIdentifier: !Ref Host}}
  Alarm: {Type: AWS::CloudWatch::Alarm, DependsOn: Record}
  StartRole: {Type: AWS::IAM::Role}
  AfterRollback:
    Type: AWS::Events::Rule
    Properties: {Targets: [{Id: start, Input: !Sub '${Host} by ${StartRole.Arn}'}]}
Outputs:
  AliceUrl: {Description: The workspace of alice; the password is elsewhere, Value: a}
";

    /// A deployed template, with what a volume adds.
    fn deployed(more: &str, group: &str) -> Json {
        read(&format!(
            "
Parameters:
  SubnetId: {{Type: AWS::EC2::Subnet::Id}}
  Old: {{Type: String}}
  ImageId: {{Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>, Default: /aws/a}}
Resources:
  Group: {{Type: AWS::EC2::SecurityGroup}}
  Host:
    Type: AWS::EC2::Instance
    Metadata: {{Version: old}}
    Properties: {{ImageId: !Ref ImageId, SubnetId: !Ref SubnetId, KeyName: !Ref Old, GroupSet: [!Ref {group}], UserData: old}}
{more}
Outputs:
  AliceUrl: {{Description: The workspace of alice; the password is elsewhere, Value: a}}
"
        ))
    }

    const ATTACHED: &str = "
  HomeVolume: {Type: AWS::EC2::Volume, DeletionPolicy: Snapshot, Properties: {AvailabilityZone: !GetAtt Host.AvailabilityZone, Size: 22}}
  Mount: {Type: AWS::EC2::VolumeAttachment, Properties: {InstanceId: !Ref Host, VolumeId: !Ref HomeVolume}}
  Other: {Type: AWS::EC2::VolumeAttachment, Properties: {InstanceId: !Ref Host, VolumeId: vol-1}}
  Ready: {Type: AWS::CloudFormation::WaitCondition}
";

    fn read(text: &str) -> Json {
        let template = Template::read(text.to_owned());
        template
            .unwrap_or_else(|error| panic!("{error}\n{text}"))
            .json
    }

    fn moved(deployed: &Json) -> Moved<'_> {
        Moved {
            deployed,
            host: "Host",
            volume: "HomeVolume",
            instance: "i-1",
            image: "ami-7",
        }
    }

    /// The changes of the first step, and of the second one.
    fn steps(deployed: &Json) -> [Vec<String>; 2] {
        let new = read(NEW);
        let moved = moved(deployed);
        let step = moved.template(&new).expect("nothing is missing");
        let changes = |old: &Json, new: &Json| {
            let difference = Difference::between(old, new);
            let changes = difference.resources.iter().map(|change| {
                let (id, kind) = (&change.id, change.kind.name());
                format!("{id} {kind} {}", change.update().name())
            });
            changes.collect::<Vec<_>>()
        };
        let homes = Homes::of(&step).expect("it is a team");
        assert_eq!(homes.holder, HomesHolder::Moving);
        // Another run changes nothing.
        let again = Moved {
            deployed: &step,
            ..moved
        };
        assert_eq!(again.template(&new).as_ref(), Ok(&step));
        [changes(&moved.compared(&new), &step), changes(&step, &new)]
    }

    #[test]
    fn the_host_stays_until_the_second_step() {
        let [first, second] = steps(&deployed("", "Group"));
        assert_eq!(
            first,
            [
                "HomeVolume added in-place",
                "HostImage added in-place",
                "Host changed in-place",
                "Record added in-place",
                "Alarm added in-place",
                "StartRole added in-place",
                "AfterRollback added in-place",
            ]
        );
        assert_eq!(
            second,
            [
                "HomeVolume changed in-place",
                "Host changed replaces",
                "Record changed in-place",
                "AfterRollback changed in-place"
            ]
        );
    }

    #[test]
    fn an_attached_volume_stays_attached() {
        let [first, second] = steps(&deployed(ATTACHED, "Group"));
        assert_eq!(
            first,
            [
                "HomeVolume changed in-place",
                "HostImage added in-place",
                "Host changed in-place",
                "Record added in-place",
                "Alarm added in-place",
                "StartRole added in-place",
                "AfterRollback added in-place",
                "Mount changed in-place",
                "Other removed in-place",
                "Ready removed in-place",
            ]
        );
        assert_eq!(
            second,
            [
                "HomeVolume changed in-place",
                "Host changed replaces",
                "Record changed in-place",
                "AfterRollback changed in-place",
                "Mount removed in-place"
            ]
        );
    }

    #[test]
    fn the_host_keeps_what_it_refers_to() {
        let deployed = deployed(ATTACHED, "Group");
        let step = moved(&deployed).template(&read(NEW)).expect("it is there");
        let member = |path: &[&str]| {
            let found = path.iter().try_fold(&step, |value, name| value.get(name));
            found.cloned()
        };
        assert!(member(&["Parameters", "Old"]).is_some());
        let host = |name| member(&["Resources", "Host", "Properties", name]);
        assert_eq!(host("ImageId"), Some("ami-7".into()));
        assert_eq!(host("UserData"), Some("old".into()));
        assert_eq!(host("LaunchTemplate"), None);
        assert_eq!(
            member(&["Resources", "Host", "Metadata", "Version"]),
            Some("new".into())
        );
        assert_eq!(
            member(&["Resources", "Mount", "DeletionPolicy"]),
            Some("Retain".into())
        );
    }

    #[test]
    fn a_failed_step_keeps_the_volume() {
        for deployed in [deployed("", "Group"), deployed(ATTACHED, "Group")] {
            let step = moved(&deployed).template(&read(NEW)).expect("it is there");
            let resource = |id: &str| step.get("Resources").and_then(|all| all.get(id)).cloned();
            let member = |id: &str, name: &str| resource(id).and_then(|it| it.get(name).cloned());
            // A rollback keeps what it would delete otherwise.
            assert_eq!(
                member("HomeVolume", "DeletionPolicy"),
                Some("Retain".into())
            );
            // The host begins to move the homes last of all that does not need it.
            let before = member("Host", "DependsOn");
            let expected = [
                "Group",
                "HomeVolume",
                "HostImage",
                "StartRole",
                "AfterRollback",
            ];
            assert_eq!(before, Some(Json::array(expected.map(Json::from))));
            let rule = resource("AfterRollback").map(|rule| vsc_core::template::write_json(&rule));
            let rule = rule.unwrap_or_default();
            assert!(rule.contains("i-1") && !rule.contains("${Host}"), "{rule}");
            assert!(rule.contains("${StartRole.Arn}"), "{rule}");
        }
    }

    #[test]
    fn a_host_with_its_image_from_a_launch_template_moves_its_homes() {
        let none = read(
            "
Parameters:
  SubnetId: {Type: AWS::EC2::Subnet::Id}
  ImageId: {Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>, Default: /aws/a}
Resources:
  Group: {Type: AWS::EC2::SecurityGroup}
  HostImage: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {ImageId: !Ref ImageId}}}
  Host:
    Type: AWS::EC2::Instance
    Metadata: {Version: old}
    Properties: {LaunchTemplate: {LaunchTemplateId: !Ref HostImage, Version: '1'}, SubnetId: !Ref SubnetId, UserData: new}
Outputs:
  AliceUrl: {Description: The workspace of alice; the password is elsewhere, Value: a}
",
        );
        let before = Homes::of(&none).map(|homes| homes.holder);
        assert_eq!(before, Some(HomesHolder::Root));
        let [first, second] = steps(&none);
        assert_eq!(
            first,
            [
                "HomeVolume added in-place",
                "Host changed in-place",
                "Record added in-place",
                "Alarm added in-place",
                "StartRole added in-place",
                "AfterRollback added in-place",
            ]
        );
        assert_eq!(
            second,
            [
                "HomeVolume changed in-place",
                "Host changed replaces",
                "Record changed in-place",
                "AfterRollback changed in-place"
            ]
        );
    }

    #[test]
    fn a_resource_that_is_gone_is_named() {
        let deployed = deployed("  Gone: {Type: AWS::EC2::SecurityGroup}\n", "Gone");
        assert_eq!(
            moved(&deployed).template(&read(NEW)),
            Err("Gone".to_owned())
        );
    }
}
