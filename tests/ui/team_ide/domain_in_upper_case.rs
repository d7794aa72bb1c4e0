use vsc::prelude::*;

#[team_ide(users = 6, domain = "Code.X.com")]
struct Acme;

vsc::main!(Acme);
