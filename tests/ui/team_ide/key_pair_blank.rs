use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    key_pair = " ",
)]
struct Acme;

vsc::main!(Acme);
