use vsc::prelude::*;

#[team_ide(users = ["Alice"], domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
