//! The identifiers of what the operator brings: VPC, subnet, hosted zone.

use super::key::Key;
use super::place::{Place, Refusal};
use crate::finding::Finding;

/// The ID of a VPC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VpcId(String);

/// The ID of a subnet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubnetId(String);

/// The ID of a hosted zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedZoneId(String);

/// Where the host is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    vpc: VpcId,
    subnet: SubnetId,
}

impl Network {
    /// The VPC.
    pub fn vpc(&self) -> &str {
        &self.vpc.0
    }

    /// The subnet, which is part of the VPC.
    pub fn subnet(&self) -> &str {
        &self.subnet.0
    }
}

impl HostedZoneId {
    /// The ID of a hosted zone.
    ///
    /// # Errors
    ///
    /// When it is not a `Z` and up to 31 capital letters and digits (Amazon Route 53 API
    /// Reference, `HostedZone`).
    pub fn new(id: &str) -> Result<Self, Finding> {
        let is_id = |id: &str| {
            id.starts_with('Z')
                && (2..=32).contains(&id.len())
                && id
                    .bytes()
                    .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        if is_id(id) {
            return Ok(Self(id.to_owned()));
        }
        let finding = Finding::new(format!("{id:?} is not the ID of a hosted zone"))
            .why("it is a `Z` and up to 31 capital letters and digits");
        let bare = id
            .trim_start_matches('/')
            .trim_start_matches("hostedzone/")
            .to_ascii_uppercase();
        Err(if is_id(&bare) && bare.len() > 8 {
            finding.help(format!("write {bare:?}"))
        } else {
            finding.help("`aws route53 list-hosted-zones` shows the IDs; or leave `hosted_zone` out to be asked for it")
        })
    }

    /// The ID.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether the text is the prefix and 8 or 17 hexadecimal digits: Amazon EC2 User Guide,
/// "Resource IDs".
fn is_id(id: &str, prefix: &str) -> bool {
    id.strip_prefix(prefix).is_some_and(|digits| {
        [8, 17].contains(&digits.len())
            && digits
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

fn check_id(id: &str, prefix: &str, what: &str) -> Result<(), Finding> {
    if is_id(id, prefix) {
        return Ok(());
    }
    let finding = Finding::new(format!("{id:?} is not the ID of a {what}"))
        .why(format!("it is `{prefix}` and 8 or 17 hexadecimal digits"));
    Err(finding.help(format!("for example \"{prefix}0a1b2c3d4e5f67890\"")))
}

/// Judges the VPC and the subnet, which go together.
pub(super) fn check(
    vpc: Option<&str>,
    subnet: Option<&str>,
) -> Result<Option<Network>, Vec<Refusal>> {
    let refusal = |key: Key, finding: Finding| Refusal {
        place: Place::Value(key),
        finding,
    };
    match (vpc, subnet) {
        (None, None) => Ok(None),
        (Some(vpc), Some(subnet)) if is_id(vpc, "subnet-") && is_id(subnet, "vpc-") => {
            let finding = Finding::new("`vpc` and `subnet` are swapped")
                .help(format!("write `vpc = {subnet:?}, subnet = {vpc:?}`"));
            Err(vec![refusal(Key::Vpc, finding)])
        }
        (vpc, subnet) => {
            let mut refusals = Vec::new();
            let mut judge = |key: Key, id: Option<&str>, prefix: &str, what: &str, other: Key| {
                match id {
                    Some(id) => {
                        if let Err(finding) = check_id(id, prefix, what) {
                            refusals.push(refusal(key, finding));
                        }
                    }
                    None => {
                        let finding = Finding::new(format!("`{other}` needs `{key}` beside it"))
                        .why("a subnet belongs to its VPC: declare both, or neither to be asked for them")
                        .help(format!("add `{}`", key.example()));
                        refusals.push(refusal(other, finding));
                    }
                }
            };
            judge(Key::Vpc, vpc, "vpc-", "VPC", Key::Subnet);
            judge(Key::Subnet, subnet, "subnet-", "subnet", Key::Vpc);
            match (vpc, subnet, refusals.is_empty()) {
                (Some(vpc), Some(subnet), true) => Ok(Some(Network {
                    vpc: VpcId(vpc.to_owned()),
                    subnet: SubnetId(subnet.to_owned()),
                })),
                _ => Err(refusals),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VPC: &str = "vpc-0a1b2c3d4e5f67890";
    const SUBNET: &str = "subnet-0a1b2c3d";

    fn told(vpc: Option<&str>, subnet: Option<&str>) -> Vec<String> {
        let refusals = check(vpc, subnet).expect_err("refused");
        refusals
            .into_iter()
            .map(|refusal| refusal.finding.what)
            .collect()
    }

    #[test]
    fn both_or_neither() {
        assert_eq!(check(None, None), Ok(None));
        assert!(check(Some(VPC), Some(SUBNET)).is_ok_and(|network| network.is_some()));
        assert_eq!(told(Some(VPC), None), ["`vpc` needs `subnet` beside it"]);
        assert_eq!(
            told(Some(SUBNET), Some(VPC)),
            ["`vpc` and `subnet` are swapped"]
        );
        assert_eq!(told(Some("vpc-1"), Some("subnet-XYZ")).len(), 2);
    }

    #[test]
    fn hosted_zones_have_their_form() {
        assert!(HostedZoneId::new("Z0123456789ABCDEFGHIJ").is_ok());
        let told = |id: &str| HostedZoneId::new(id).expect_err(id).to_string();
        assert!(told("zone").contains("is not the ID of a hosted zone"));
        assert!(told("/hostedzone/Z0123456789ABC").ends_with("write \"Z0123456789ABC\""));
    }
}
