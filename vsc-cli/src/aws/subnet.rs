//! Subnets.

use super::call::{self, EC2};
use super::session::{Session, Stopped};

/// The availability zone of a subnet; none if there is no such subnet.
pub(crate) async fn zone(session: &Session, subnet: &str) -> Result<Option<String>, Stopped> {
    let parameters = [("SubnetId.1".to_owned(), subnet.to_owned())];
    let call = call::query(session.config(), &EC2, "DescribeSubnets", &parameters);
    let found = match session.call("DescribeSubnets", call).await {
        Ok(found) => found,
        Err(Stopped::Failed(error)) if error.code().starts_with("InvalidSubnetID") => {
            return Ok(None);
        }
        Err(stopped) => return Err(stopped),
    };
    let zone = found.text("subnetSet/item/availabilityZone");
    Ok(zone.map(str::to_owned))
}
