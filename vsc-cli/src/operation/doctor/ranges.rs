//! Overlaps of the workspaces' address ranges with those of the VPC and its routes.

use vsc_spec::Diagnostic;
use vsc_spec::team::Cidr;

use super::account::{Account, Outcome};
use super::check::Check;
use super::needs;
use crate::assembly::Team;

impl Account<'_> {
    /// Whether the networks of the workspaces overlap with the VPC, or with the destination of a route:
    /// a peer, a gateway, a VPN.
    pub(super) async fn ranges(&self, team: &Team) -> Outcome {
        const SUBJECT: &str = needs::RANGES;
        let pool = team.host.network_pool.as_str();
        let Ok((vpc, subnet)) = needs::network(&team.needs, self.answers) else {
            return Ok(Check::skipped(SUBJECT, "`deploy` asks for the network"));
        };
        let found = self.ec2("DescribeVpcs", &[("VpcId.1", &vpc)]).await?;
        let associated = found.all("vpcSet/item/cidrBlockAssociationSet/item/cidrBlock");
        let first = found.all("vpcSet/item/cidrBlock");
        let own = associated.into_iter().chain(first);
        let own = own.map(|block| (block.text.clone(), format!("of {vpc}")));
        let routes = self.routes(&vpc, &subnet).await?;
        let routed = routes.into_iter().filter(|(range, _)| range != EVERYWHERE);
        let routed = routed.map(|(range, target)| (range, format!("behind {target}")));
        let ranges: Vec<(String, String)> = own.chain(routed).collect();
        if ranges.is_empty() {
            return Ok(Check::skipped(
                SUBJECT,
                "AWS reports no CIDR block of the VPC",
            ));
        }
        let taken = ranges.iter().find(|(range, _)| overlap(range, pool));
        Ok(match taken {
            Some((range, whose)) => Check::doubtful(SUBJECT, overlapping(pool, range, whose)),
            None => Check::good(
                SUBJECT,
                format!("the workspaces' {pool} does not overlap with the VPC or its routes"),
            ),
        })
    }
}

const EVERYWHERE: &str = "0.0.0.0/0";

fn overlapping(pool: &str, range: &str, whose: &str) -> Diagnostic {
    Diagnostic::new(format!(
        "the workspaces' networks ({pool}) overlap with {range} {whose}"
    ))
    .note("the host routes these addresses to its workspaces, so clients there get no answer")
    .help(format!(
        "use another subnet; or list `{range}` in `allow` if clients connect from it, in `reach` if workspaces connect to it: the workspaces' networks avoid both"
    ))
}

/// Whether the two ranges have an address in common. AWS writes ranges without host bits.
fn overlap(one: &str, other: &str) -> bool {
    matches!((Cidr::new(one), Cidr::new(other)), (Ok(one), Ok(other)) if one.overlaps(&other))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::aws::scripted::{Aws, good, team};

    const VPC: &str = "vpc-0a1b2c3d4e5f67890";
    const SUBNET: &str = "subnet-0a1b2c3d4e5f67890";

    /// The outcome where the VPC has these blocks, and its table these routes.
    fn found(blocks: &[&str], routes: &[(&str, &str)], allowed: &'static str) -> String {
        let blocks = blocks
            .iter()
            .map(|block| format!("<item><cidrBlock>{block}</cidrBlock></item>"));
        let vpc = format!(
            "<vpcSet><item><vpcId>{VPC}</vpcId><cidrBlockAssociationSet>{}</cidrBlockAssociationSet></item></vpcSet>",
            blocks.collect::<String>()
        );
        let routes = routes.iter().map(|(range, target)| {
            format!("<item><destinationCidrBlock>{range}</destinationCidrBlock>{target}</item>")
        });
        let table = format!(
            "<routeTableSet><item><routeSet>{}</routeSet></item></routeTableSet>",
            routes.collect::<String>()
        );
        let aws = Aws::default()
            .answers("DescribeVpcs", [good(vpc)])
            .answers("DescribeRouteTables", [good(table)]);
        let team = team(|team| team.vpc(VPC).subnet(SUBNET).allow([allowed]));
        let team = team.team.expect("it is a team");
        let check = aws.run(async |session| {
            let answers = BTreeMap::new();
            let account = Account {
                session,
                answers: &answers,
            };
            account.ranges(&team).await.expect("it is answered")
        });
        assert_eq!(aws.last("DescribeVpcs").parameter("VpcId.1"), Some(VPC));
        crate::terminal::plain(&crate::view::doctor::text(&check))
    }

    const OFFICE: &str = "203.0.113.0/24";

    #[test]
    fn a_vpc_of_another_range_is_good() {
        let out = ("0.0.0.0/0", "<gatewayId>igw-1</gatewayId>");
        let local = ("10.0.0.0/16", "<gatewayId>local</gatewayId>");
        assert_eq!(
            found(&["10.0.0.0/16"], &[local, out], OFFICE),
            "✓ address ranges  the workspaces' 172.30.0.0/16 does not overlap with the VPC or its routes\n"
        );
    }

    #[test]
    fn an_overlap_with_any_block_of_the_vpc_is_reported() {
        for blocks in [
            &["172.30.0.0/16"][..],
            &["10.0.0.0/16", "172.30.8.0/24"],
            &["172.16.0.0/12"],
        ] {
            let reported = found(blocks, &[], OFFICE);
            assert!(
                reported.starts_with(
                    "! address ranges  the workspaces' networks (172.30.0.0/16) overlap with 172."
                ),
                "{reported}"
            );
            assert!(reported.contains(&format!("of {VPC}\n")), "{reported}");
        }
        // The workspaces' networks avoid what is allowed.
        let reported = found(&["172.30.0.0/16"], &[], "172.30.0.0/16");
        assert!(reported.starts_with("✓ "), "{reported}");
    }

    #[test]
    fn an_overlap_with_a_peer_is_reported() {
        for (target, name) in [
            (
                "<vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId>",
                "pcx-1",
            ),
            ("<transitGatewayId>tgw-1</transitGatewayId>", "tgw-1"),
            ("<gatewayId>vgw-1</gatewayId>", "vgw-1"),
            ("", "a route"),
        ] {
            let reported = found(&["10.0.0.0/16"], &[("172.30.5.0/24", target)], OFFICE);
            assert!(
                reported.contains(&format!("overlap with 172.30.5.0/24 behind {name}\n")),
                "{reported}"
            );
        }
    }

    #[test]
    fn unreported_blocks_are_not_checked() {
        let reported = found(&[], &[], OFFICE);
        assert!(
            reported.starts_with("– address ranges  AWS reports no CIDR block"),
            "{reported}"
        );
    }
}
