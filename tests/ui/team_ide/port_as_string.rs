use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    port = "443",
)]
struct Acme;

vsc::main!(Acme);
