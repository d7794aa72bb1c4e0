use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    port = 70000,
)]
struct Acme;

vsc::main!(Acme);
