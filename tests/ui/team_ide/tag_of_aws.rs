use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tags(Name = "ide", Team = "acme#1"),
)]
struct Acme;

vsc::main!(Acme);
