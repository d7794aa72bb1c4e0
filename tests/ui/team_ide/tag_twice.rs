use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tags(Team = "a", Team = "b"),
)]
struct Acme;

vsc::main!(Acme);
