use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    allow = ["10.0.0.0/8", "10.0.0.0/8"],
)]
struct Acme;

vsc::main!(Acme);
