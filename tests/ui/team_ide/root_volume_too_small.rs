use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    root_volume = "1 GiB",
)]
struct Acme;

vsc::main!(Acme);
