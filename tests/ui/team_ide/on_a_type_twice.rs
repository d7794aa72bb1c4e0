use vsc::prelude::*;

#[team_ide(users = 6, domain = "code.x.com")]
#[team_ide(users = 7, domain = "code.y.com")]
struct Acme;

vsc::main!(Acme);
