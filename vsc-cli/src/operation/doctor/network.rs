//! The network: a public subnet in a zone that offers the instance type.

use vsc_spec::Diagnostic;

use super::account::{Account, Outcome};
use super::check::Check;
use super::needs;
use crate::assembly::Team;
use crate::aws::session::Stopped;

/// The targets of a route: Amazon EC2 API Reference, `Route`.
const TARGETS: [&str; 5] = [
    "gatewayId",
    "vpcPeeringConnectionId",
    "transitGatewayId",
    "natGatewayId",
    "networkInterfaceId",
];

impl Account<'_> {
    /// The VPC, its subnet, and whether the subnet is public.
    pub(super) async fn network(&self, team: &Team) -> Outcome {
        const SUBJECT: &str = needs::NETWORK;
        let (vpc, subnet) = match needs::network(&team.needs, self.answers) {
            Ok(needed) => needed,
            Err(check) => return Ok(check),
        };
        let found = match self
            .ec2("DescribeSubnets", &[("SubnetId.1", &subnet)])
            .await
        {
            Ok(found) => found,
            Err(Stopped::Failed(error)) if error.code().starts_with("InvalidSubnetID") => {
                let diagnostic = Diagnostic::new(format!(
                    "there is no subnet {subnet} in {}",
                    self.session.region()
                ))
                .help("run `aws ec2 describe-subnets` to list those of the region");
                return Ok(Check::bad(SUBJECT, diagnostic));
            }
            Err(stopped) => return Err(stopped),
        };
        let found_vpc = found.text("subnetSet/item/vpcId").unwrap_or_default();
        if found_vpc != vpc {
            let diagnostic = Diagnostic::new(format!(
                "the subnet {subnet} belongs to {found_vpc}, not to {vpc}"
            ));
            return Ok(Check::bad(SUBJECT, diagnostic));
        }
        let zone = found
            .text("subnetSet/item/availabilityZone")
            .unwrap_or_default()
            .to_owned();
        if let Some(check) = self.offered(&team.host.instance_type, &zone).await? {
            return Ok(check);
        }
        Ok(if self.is_public(&vpc, &subnet).await? {
            Check::good(
                SUBJECT,
                format!("{subnet} of {vpc} in {zone}, with a route to the internet"),
            )
        } else {
            let diagnostic = Diagnostic::new(format!(
                "the subnet {subnet} has no route to an internet gateway"
            ))
            .note("the host installs packages when it boots, and clients could not reach it")
            .help("use a public subnet, or add the route");
            Check::bad(SUBJECT, diagnostic)
        })
    }

    /// Whether the subnet has a route to an internet gateway.
    async fn is_public(&self, vpc: &str, subnet: &str) -> Result<bool, Stopped> {
        let routes = self.routes(vpc, subnet).await?;
        let mut routes = routes.iter();
        Ok(routes.any(|(range, target)| range == "0.0.0.0/0" && target.starts_with("igw-")))
    }

    /// The ranges and targets in the route table of the subnet, or else in the main one of its VPC.
    pub(super) async fn routes(
        &self,
        vpc: &str,
        subnet: &str,
    ) -> Result<Vec<(String, String)>, Stopped> {
        let own = [
            ("Filter.1.Name", "association.subnet-id"),
            ("Filter.1.Value.1", subnet),
        ];
        let main = [
            ("Filter.1.Name", "vpc-id"),
            ("Filter.1.Value.1", vpc),
            ("Filter.2.Name", "association.main"),
            ("Filter.2.Value.1", "true"),
        ];
        let mut tables = self.ec2("DescribeRouteTables", &own).await?;
        if tables.all("routeTableSet/item").is_empty() {
            tables = self.ec2("DescribeRouteTables", &main).await?;
        }
        let routes = tables.all("routeTableSet/item/routeSet/item");
        let routes = routes.iter().filter_map(|route| {
            let range = route.text("destinationCidrBlock")?.to_owned();
            let mut targets = TARGETS.iter().filter_map(|target| route.text(target));
            Some((range, targets.next().unwrap_or("a route").to_owned()))
        });
        Ok(routes.collect())
    }

    /// The error if the zone does not offer the instance type.
    async fn offered(&self, instance: &str, zone: &str) -> Result<Option<Check>, Stopped> {
        let parameters = [
            ("LocationType", "availability-zone"),
            ("Filter.1.Name", "instance-type"),
            ("Filter.1.Value.1", instance),
            ("Filter.2.Name", "location"),
            ("Filter.2.Value.1", zone),
        ];
        let found = self
            .ec2("DescribeInstanceTypeOfferings", &parameters)
            .await?;
        if !found.all("instanceTypeOfferingSet/item").is_empty() {
            return Ok(None);
        }
        let diagnostic = Diagnostic::new(format!("{zone} does not offer {instance}"))
            .help("use a subnet in another zone, or declare another `instance`");
        Ok(Some(Check::bad("network", diagnostic)))
    }
}
