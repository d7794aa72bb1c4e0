//! The DNS records of the host.

use vsc_spec::team::TeamIde;

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
    records.drain(1..=ide.users().len()).collect()
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
