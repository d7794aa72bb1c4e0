use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tags = "Team",
)]
struct Acme;

vsc::main!(Acme);
