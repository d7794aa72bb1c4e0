use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    vpc = "vpc-0a1b2c3d",
    subnet = "subnet-xyz",
)]
struct Acme;

vsc::main!(Acme);
