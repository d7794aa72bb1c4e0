use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    instance = "a1.2xlarge",
    region = "eu-north-1",
)]
struct Acme;

vsc::main!(Acme);
