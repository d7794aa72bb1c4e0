use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    instnace = "t3.large",
)]
struct Acme;

vsc::main!(Acme);
