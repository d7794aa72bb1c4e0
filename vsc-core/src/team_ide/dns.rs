//! The DNS records of the host.

use vsc_spec::team::{Previews, TeamIde};
use vsc_spec::{Json, Object};

use super::handles::{Host, HostAddress, Record};
use super::parameters::Parameters;
use crate::resource;
use crate::stack::Stack;
use crate::template::Value;
use crate::template::identifier::HostedZoneId;
use crate::template::intrinsic::sub;

/// The TTL of records, in seconds.
const TTL: &str = "60";

/// The number of records that are created at once: Route 53 accepts five requests a second per account
/// (Amazon Route 53 Developer Guide, "Quotas"), and CloudFormation polls each record.
const AT_ONCE: usize = 20;

/// Adds a record for the dashboard, for each workspace, and for the host itself, which helps when the
/// proxy is down.
pub(super) fn add(
    stack: &mut Stack,
    ide: &TeamIde,
    parameters: &Parameters,
    host: &Host,
    address: &HostAddress,
) -> Vec<Record> {
    let (Some(domain), Some(zone)) = (ide.domain(), &parameters.hosted_zone) else {
        return Vec::new();
    };
    let domain = domain.as_str();
    let mut records: Vec<Record> = Vec::new();
    let mut record = |logical_id: String, name: Value<String>| {
        let set = RecordSet {
            logical_id,
            zone,
            name,
            address,
        };
        // A separate chain for each record that is created at once.
        let before = records.len().checked_sub(AT_ONCE);
        let record = set.add(stack, before.and_then(|at| records.get(at)));
        records.push(record);
    };
    let text = |name: String| Value::from_json(name.into());
    record(
        "MonitorRecord".to_owned(),
        text(format!("monitor.{domain}")),
    );
    for user in ide.users() {
        record(user.logical_id("Record"), text(user.fqdn().to_owned()));
    }
    record(
        "HostRecord".to_owned(),
        sub(format!("${{{}}}.{domain}", host.logical_id().as_str())),
    );
    if ide.previews() == Previews::Subdomains {
        previews(stack, ide, zone, address);
    }
    records.drain(1..=ide.users().len()).collect()
}

/// The names of previews: those below each workspace's, in one group. A name joins and leaves the group by an
/// update of it, in a single change of Route 53, which has room for 1,000 records: Amazon Route 53 Developer
/// Guide, "Quotas". A record of each would exceed the 500 resources of a template.
///
/// A record for all names below the domain would not answer: the name of a workspace exists, so that it is the
/// one of which names below it are looked up (RFC 4592, section 3.3.1).
fn previews(stack: &mut Stack, ide: &TeamIde, zone: &Value<HostedZoneId>, address: &HostAddress) {
    let target = address.reference().into_json();
    let sets = ide.users().iter().map(|user| {
        Json::Object(
            Object::new()
                .with("Name", format!("*.{}", user.fqdn()))
                .with("Type", "A")
                .with("TTL", TTL)
                .with("ResourceRecords", Json::array([target.clone()])),
        )
    });
    let sets: Vec<Json> = sets.collect();
    resource!(stack, PreviewRecords: AWS::Route53::RecordSetGroup {
        HostedZoneId: zone,
        RecordSets: sets,
    });
}

/// A separate record set for each, whatever the size of the team: a record that moved into a group would
/// be created while it still exists, which Route 53 rejects.
struct RecordSet<'a> {
    logical_id: String,
    zone: &'a Value<HostedZoneId>,
    name: Value<String>,
    address: &'a HostAddress,
}

impl RecordSet<'_> {
    fn add(self, stack: &mut Stack, before: Option<&Record>) -> Record {
        let Self {
            logical_id,
            zone,
            name,
            address,
        } = self;
        let record = match before {
            None => (*resource!(stack, (logical_id): AWS::Route53::RecordSet {
                HostedZoneId: zone,
                Name: name,
                Type: "A",
                TTL: TTL,
                ResourceRecords: [address],
            }))
            .clone(),
            Some(before) => (*resource!(stack, (logical_id): AWS::Route53::RecordSet {
                HostedZoneId: zone,
                Name: name,
                Type: "A",
                TTL: TTL,
                ResourceRecords: [address],
            } with {
                DependsOn: [before],
            }))
            .clone(),
        };
        Record::new(record)
    }
}
