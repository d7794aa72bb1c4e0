//! The names of the host.

use vsc_spec::team::TeamIde;

use super::handles::{Host, HostAddress, Record};
use super::parameters::Parameters;
use crate::resource;
use crate::stack::Stack;
use crate::template::Value;
use crate::template::intrinsic::sub;

/// How long resolvers keep a record, in seconds.
const TTL: &str = "60";

/// A record for the dashboard, for each workspace, and for the host itself: the last one is for
/// when the proxy is down.
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
    let mut record = |logical_id: String, name: Value<String>| {
        let record = resource!(stack, (logical_id): AWS::Route53::RecordSet {
            HostedZoneId: zone,
            Name: name,
            Type: "A",
            TTL: TTL,
            ResourceRecords: [address],
        });
        Record::new((*record).clone())
    };
    let text = |name: String| Value::from_json(name.into());
    record(
        "MonitorRecord".to_owned(),
        text(format!("monitor.{domain}")),
    );
    let users = ide.users().iter();
    let records = users
        .map(|user| record(user.logical_id("Record"), text(user.fqdn().to_owned())))
        .collect();
    record(
        "HostRecord".to_owned(),
        sub(format!("${{{}}}.{domain}", host.logical_id().as_str())),
    );
    records
}
