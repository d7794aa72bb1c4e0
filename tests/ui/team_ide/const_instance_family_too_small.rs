use vsc::prelude::*;

const INSTANCE: &str = "t3";
const USERS: u32 = 60;

#[team_ide(
    users = USERS,
    domain = "code.x.com",
    home_volume = "500 GiB",
    instance = INSTANCE,
)]
struct Acme;

vsc::main!(Acme);
