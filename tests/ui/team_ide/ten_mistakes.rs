use vsc::prelude::*;

#[team_ide(
    users = ["alice", "Bob"],
    domain = "https://code.x.com",
    hosted_zone = "zone",
    vpc = "subnet-0a1b2c3d",
    subnet = "vpc-0a1b2c3d",
    allow = ["10.0.0.1/8"],
    port = 22,
    instance = "t3.smal",
    root_volume = "30",
    stack_name = "acme ide",
    colour = "blue",
)]
struct Acme;

vsc::main!(Acme);
