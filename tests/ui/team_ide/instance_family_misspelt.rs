use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    instance = "c7ii",
)]
struct Acme;

vsc::main!(Acme);
