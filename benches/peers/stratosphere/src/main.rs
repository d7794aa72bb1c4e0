//! The quickstart with stratosphere, as far as it supports it: without metadata and creation policies,
//! so that the host is not set up.

use stratosphere::Tag;
use stratosphere::services::aws::{ec2, iam, route53, secretsmanager};
use stratosphere::template::{ParameterType, Template};
use stratosphere::value::ExpString;

fn reference(name: &str) -> ExpString {
    ExpString::Ref(name.into())
}

fn main() {
    let template = Template::build(|t| {
        for name in ["VpcId", "SubnetId", "HostedZoneId", "SourceIP", "ImageId"] {
            t.parameter(name, stratosphere::Parameter! { description: name, r#type: ParameterType::String });
        }
        t.resource(
            "HostSecurityGroup",
            ec2::SecurityGroup! {
                group_description: "The acme-ide workspaces: their proxy, for those who are allowed",
                vpc_id: reference("VpcId"),
                tags: [Tag! { key: "Name", value: "acme-ide/host" }]
            },
        );
        t.resource("HostProfile", iam::InstanceProfile! { roles: vec![reference("HostRole")] });
        for n in 1..=6 {
            t.resource(
                format!("Dev{n}Password").as_str(),
                secretsmanager::Secret! { description: format!("The password of dev-{n}").as_str() },
            );
            record(t, &format!("Dev{n}Record"), &format!("dev-{n}.code.x.com"));
        }
        t.resource("Host", ec2::Instance! { instance_type: "t3.large", image_id: reference("ImageId") });
        t.resource("Address", ec2::EIP! { domain: "vpc" });
        record(t, "MonitorRecord", "monitor.code.x.com");
    });
    println!("{}", template.render_json_pretty());
}

fn record(t: &mut Template, id: &str, name: &str) {
    t.resource(
        id,
        route53::RecordSet! {
            hosted_zone_id: reference("HostedZoneId"),
            name: name,
            r#type: "A",
            ttl: "60",
            resource_records: vec![reference("Address")]
        },
    );
}
