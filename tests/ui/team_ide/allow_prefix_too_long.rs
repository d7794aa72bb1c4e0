use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    allow = ["0.0.0.0/33"],
)]
struct Acme;

vsc::main!(Acme);
