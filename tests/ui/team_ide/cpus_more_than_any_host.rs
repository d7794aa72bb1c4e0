use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    cpus = 1000,
)]
struct Acme;

vsc::main!(Acme);
