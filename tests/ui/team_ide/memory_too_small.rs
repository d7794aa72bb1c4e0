use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    memory = "128 MiB",
)]
struct Acme;

vsc::main!(Acme);
