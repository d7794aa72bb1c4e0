use vsc::prelude::*;

#[team_ide(
    users = 60,
    domain = "code.x.com",
    home_volume = "500 GiB",
    instance = "t3",
)]
struct Acme;

vsc::main!(Acme);
