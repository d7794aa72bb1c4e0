//! A config crate with a stack that cannot be synthesized, one that fails `check`, and a good one.

use std::process::ExitCode;

use vsc::cli::{self, Entry};
use vsc::prelude::*;

fn twice(stack: &mut Stack) {
    for _ in 0..2 {
        resource!(stack, ("Logs"): AWS::S3::Bucket {});
    }
}

fn open(stack: &mut Stack) {
    resource!(stack, Firewall: AWS::EC2::SecurityGroup {
        GroupDescription: "Everybody",
        VpcId: "vpc-0123456789abcdef0",
        SecurityGroupIngress: [{
            IpProtocol: "tcp",
            FromPort: 22,
            ToPort: 22,
            CidrIp: "0.0.0.0/0",
        }],
    });
}

fn meant(stack: &mut Stack) {
    resource!(stack, Firewall: AWS::EC2::SecurityGroup {
        GroupDescription: "Everybody",
        VpcId: "vpc-0123456789abcdef0",
        SecurityGroupIngress: [{
            IpProtocol: "tcp",
            FromPort: 22,
            ToPort: 22,
            CidrIp: "0.0.0.0/0",
        }],
    } with {
        Metadata: { vsc: { suppress: [{ id: "open-port", reason: "everybody is meant" }] } },
    });
}

fn main() -> ExitCode {
    cli::run(&[
        Entry::of_stack("twice", twice),
        Entry::of_stack("open", open),
        Entry::of_stack("meant", meant),
    ])
}
