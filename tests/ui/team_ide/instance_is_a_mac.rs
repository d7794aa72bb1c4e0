use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    instance = "mac1.metal",
)]
struct Acme;

vsc::main!(Acme);
