use vsc::prelude::*;

#[team_ide(users = ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"], domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
