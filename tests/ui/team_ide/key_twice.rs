use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    users = 7,
)]
struct Acme;

vsc::main!(Acme);
