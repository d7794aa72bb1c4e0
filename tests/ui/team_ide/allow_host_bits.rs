use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    allow = ["203.0.113.0/24", "10.0.0.1/8"],
)]
struct Acme;

vsc::main!(Acme);
