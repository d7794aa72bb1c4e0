use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    memory = "2 GB",
)]
struct Acme;

vsc::main!(Acme);
