use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    instance = "t3.smal",
)]
struct Acme;

vsc::main!(Acme);
