use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    vpc = "subnet-0a1b2c3d",
    subnet = "vpc-0a1b2c3d",
)]
struct Acme;

vsc::main!(Acme);
