use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    allow = ["203.0.113.7"],
)]
struct Acme;

vsc::main!(Acme);
