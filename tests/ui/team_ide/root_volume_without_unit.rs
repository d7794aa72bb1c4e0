use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    root_volume = "30",
)]
struct Acme;

vsc::main!(Acme);
