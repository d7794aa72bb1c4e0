use vsc::prelude::*;

#[team_ide(users = 6, domain = "https://code.x.com")]
struct Acme;

vsc::main!(Acme);
