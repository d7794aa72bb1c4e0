use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    hosted_zone = "zone",
)]
struct Acme;

vsc::main!(Acme);
