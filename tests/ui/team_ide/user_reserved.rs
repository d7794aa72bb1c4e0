use vsc::prelude::*;

#[team_ide(users = ["monitor"], domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
