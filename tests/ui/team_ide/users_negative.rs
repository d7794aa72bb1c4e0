use vsc::prelude::*;

#[team_ide(users = -3, domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
