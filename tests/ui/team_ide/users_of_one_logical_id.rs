use vsc::prelude::*;

#[team_ide(users = ["dev-1", "dev1"], domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
