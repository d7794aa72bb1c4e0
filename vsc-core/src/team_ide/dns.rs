//! The names of the host.

use vsc_spec::team::TeamIde;

use super::parameters::Parameters;
use crate::resource;
use crate::stack::{Handle, Stack};
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
    host: &Handle,
    address: &Value<String>,
) {
    let domain = ide.domain().as_str();
    let zone = &parameters.hosted_zone;
    let mut record = |logical_id: String, name: Value<String>| {
        resource!(stack, (logical_id): AWS::Route53::RecordSet {
            HostedZoneId: zone,
            Name: name,
            Type: "A",
            TTL: TTL,
            ResourceRecords: [address],
        });
    };
    let text = |name: String| Value::from_json(name.into());
    record(
        "MonitorRecord".to_owned(),
        text(format!("monitor.{domain}")),
    );
    for user in ide.users() {
        record(user.logical_id("Record"), text(user.fqdn(ide.domain())));
    }
    record(
        "HostRecord".to_owned(),
        sub(format!("${{{}}}.{domain}", host.logical_id().as_str())),
    );
}
