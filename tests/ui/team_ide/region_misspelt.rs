use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    region = "eu-wset-1",
)]
struct Acme;

vsc::main!(Acme);
