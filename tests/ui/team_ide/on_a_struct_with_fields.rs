use vsc::prelude::*;

#[team_ide(users = 6, domain = "code.x.com")]
struct Acme {
    users: u32,
}

vsc::main!(Acme);
