use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    root_volume = "20 TiB",
)]
struct Acme;

vsc::main!(Acme);
