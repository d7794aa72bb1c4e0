//! Networks: the ranges of subnets, their route tables and endpoints.

use std::net::{Ipv4Addr, Ipv6Addr};

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Diagnostic, Json};

use super::{Found, Resource, ResourceView, Resources, coexist, is_true, target};

const VPC: &str = "AWS::EC2::VPC";
const SUBNET: &str = "AWS::EC2::Subnet";

pub(super) fn check<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    let subnets: Vec<Subnet<'a>> = resources.typed(SUBNET).flat_map(Subnet::all).collect();
    for (index, subnet) in subnets.iter().enumerate() {
        if let Some(other) = subnets[..index].iter().find(|other| subnet.overlaps(other)) {
            found.push((subnet.resource.id, subnet.overlap(other)));
        } else {
            within(resources, subnet, found);
        }
    }
    associations(resources, found);
    endpoints(resources, found);
}

/// A range of addresses.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Range {
    is_v6: bool,
    first: u128,
    last: u128,
}

impl Range {
    fn read(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let prefix: u32 = prefix.parse().ok()?;
        let (is_v6, address, bits) = match address.parse::<Ipv4Addr>() {
            Ok(address) => (false, u128::from(u32::from(address)), 32_u32),
            Err(_) => (true, u128::from(address.parse::<Ipv6Addr>().ok()?), 128),
        };
        let rest = 1_u128
            .checked_shl(bits.checked_sub(prefix)?)
            .map_or(u128::MAX, |size| size - 1);
        Some(Self {
            is_v6,
            first: address & !rest,
            last: address | rest,
        })
    }

    const fn overlaps(&self, other: &Self) -> bool {
        self.is_v6 == other.is_v6 && self.first <= other.last && other.first <= self.last
    }

    const fn holds(&self, other: &Self) -> bool {
        self.is_v6 == other.is_v6 && self.first <= other.first && other.last <= self.last
    }
}

/// A range of a subnet.
struct Subnet<'a> {
    resource: Resource<'a>,
    vpc: &'a Json,
    block: ResourceView<'a>,
    text: String,
    range: Range,
}

impl<'a> Subnet<'a> {
    fn all(resource: &Resource<'a>) -> Vec<Self> {
        let Some(vpc) = resource.properties.only("VpcId") else {
            return Vec::new();
        };
        let blocks = ["CidrBlock", "Ipv6CidrBlock"].map(|name| resource.properties.only(name));
        let blocks = blocks.into_iter().flatten();
        blocks
            .filter_map(|block| {
                let text = block.text()?.into_owned();
                Some(Self {
                    resource: resource.clone(),
                    vpc: vpc.json(),
                    range: Range::read(&text)?,
                    block,
                    text,
                })
            })
            .collect()
    }

    /// Amazon VPC User Guide, "Subnet CIDR blocks"; cfn-lint E3060.
    fn overlaps(&self, other: &Self) -> bool {
        self.resource.id != other.resource.id
            && self.vpc == other.vpc
            && coexist(&self.resource, &other.resource)
            && self.range.overlaps(&other.range)
    }

    fn overlap(&self, other: &Self) -> vsc_spec::resource::Violation {
        let diagnostic = Diagnostic::new(format!(
            "{} overlaps with {} of `{}`",
            self.text, other.text, other.resource.id
        ))
        .note("the subnets of a VPC cannot overlap")
        .help("use a range that does not overlap with other subnets");
        self.block.value_is(diagnostic)
    }
}

/// A subnet is within its VPC: Amazon VPC User Guide, "Subnet CIDR blocks"; cfn-lint E3059.
fn within<'a>(resources: &Resources<'a>, subnet: &Subnet<'a>, found: &mut Found<'a>) {
    let Some(vpc) = resources.related(&subnet.resource, "VpcId", VPC) else {
        return;
    };
    let Some(ranges) = ranges(resources, vpc) else {
        return;
    };
    let same = |(_, range): &&(String, Range)| range.is_v6 == subnet.range.is_v6;
    let ranges: Vec<_> = ranges.iter().filter(same).collect();
    if ranges.is_empty() || ranges.iter().any(|(_, range)| range.holds(&subnet.range)) {
        return;
    }
    let known = ranges.iter().map(|(text, _)| text.as_str());
    let known = known.collect::<Vec<_>>().join(", ");
    let diagnostic = Diagnostic::new(format!(
        "{} is not within the VPC `{}`",
        subnet.text, vpc.id
    ))
    .note(format!("`{}` has {known}", vpc.id))
    .help("use a range within it");
    found.push((subnet.resource.id, subnet.block.value_is(diagnostic)));
}

/// The ranges of a VPC; `None` if one is not known yet.
fn ranges<'a>(resources: &Resources<'a>, vpc: &Resource<'a>) -> Option<Vec<(String, Range)>> {
    let read = |block: ResourceView<'a>| {
        let text = block.text()?.into_owned();
        let range = Range::read(&text)?;
        Some((text, range))
    };
    let mut ranges = vec![read(vpc.properties.only("CidrBlock")?)?];
    let more = resources.typed("AWS::EC2::VPCCidrBlock");
    for block in more.filter(|block| {
        let vpc_id = block.properties.only("VpcId");
        // A block of an unknown VPC may belong to this one.
        vpc_id.is_none_or(|id| target(&id).is_none_or(|id| id == vpc.id))
    }) {
        for name in ["CidrBlock", "Ipv6CidrBlock"] {
            if let Some(value) = block.properties.member(name) {
                ranges.push(read(value)?);
            }
        }
        let dynamic = [
            "AmazonProvidedIpv6CidrBlock",
            "Ipv4IpamPoolId",
            "Ipv6IpamPoolId",
            "Ipv6Pool",
        ];
        if dynamic
            .iter()
            .any(|name| block.properties.member(name).is_some())
        {
            return None;
        }
    }
    Some(ranges)
}

/// A subnet has one route table: Amazon VPC User Guide, "Subnet route tables"; cfn-lint E3022.
fn associations<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    let all: Vec<(&Resource<'a>, ResourceView<'a>)> = resources
        .typed("AWS::EC2::SubnetRouteTableAssociation")
        .filter_map(|one| Some((one, one.properties.only("SubnetId")?)))
        .filter(|(_, subnet)| is_same_name(subnet))
        .collect();
    for (index, (one, subnet)) in all.iter().enumerate() {
        let before = all[..index].iter();
        let other = before
            .filter(|(other, _)| coexist(one, other))
            .find(|(_, other)| other.json() == subnet.json());
        if let Some((other, _)) = other {
            let diagnostic = Diagnostic::new(format!(
                "this subnet already has a route table by `{}`",
                other.id
            ))
            .note("a subnet has one route table")
            .help("remove one of them");
            found.push((one.id, subnet.value_is(diagnostic)));
        }
    }
}

/// Whether equally written values are equal.
fn is_same_name(value: &ResourceView<'_>) -> bool {
    value.text().is_some()
        || matches!(
            value.json().function(),
            Some((IntrinsicFunction::Ref | IntrinsicFunction::GetAtt, _))
        )
}

/// AWS `PrivateLink` Guide, "Manage DNS names for VPC endpoint services"; cfn-lint E3064.
fn endpoints<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    let all: Vec<(&Resource<'a>, ResourceView<'a>, ResourceView<'a>)> = resources
        .typed("AWS::EC2::VPCEndpoint")
        .filter(|one| {
            one.properties.text_of("VpcEndpointType").as_deref() == Some("Interface")
                && is_true(one, "PrivateDnsEnabled") == Some(true)
        })
        .filter_map(|one| {
            let properties = &one.properties;
            Some((
                one,
                properties.only("VpcId")?,
                properties.only("ServiceName")?,
            ))
        })
        .collect();
    for (index, (one, vpc, service)) in all.iter().enumerate() {
        let other = all[..index]
            .iter()
            .find(|(other, other_vpc, other_service)| {
                coexist(one, other)
                    && vpc.json() == other_vpc.json()
                    && service.json() == other_service.json()
            });
        if let Some((other, ..)) = other {
            let diagnostic = Diagnostic::new(format!(
                "`{}` already has the private DNS name of this service",
                other.id
            ))
            .note("only one endpoint of a service in a VPC can have private DNS")
            .help("write `PrivateDnsEnabled: false`, or remove one of them");
            found.push((one.id, service.value_is(diagnostic)));
        }
    }
}
