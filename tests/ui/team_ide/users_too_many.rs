use vsc::prelude::*;

#[team_ide(users = 1000, domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
