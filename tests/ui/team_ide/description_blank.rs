use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    description = "",
)]
struct Acme;

vsc::main!(Acme);
