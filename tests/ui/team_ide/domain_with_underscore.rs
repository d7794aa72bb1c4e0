use vsc::prelude::*;

#[team_ide(users = 6, domain = "code_x.com")]
struct Acme;

vsc::main!(Acme);
