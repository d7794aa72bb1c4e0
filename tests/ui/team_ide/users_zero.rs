use vsc::prelude::*;

#[team_ide(users = 0, domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
