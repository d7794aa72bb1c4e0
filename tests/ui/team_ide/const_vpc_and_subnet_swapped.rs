use vsc::prelude::*;

const VPC: &str = "subnet-0a1b2c3d";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    vpc = VPC,
    subnet = "vpc-0a1b2c3d",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
