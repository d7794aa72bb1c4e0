use vsc::prelude::*;

#[team_ide(
    users = 100,
    domain = "code.x.com",
    instance = "t3.small",
)]
struct Acme;

vsc::main!(Acme);
