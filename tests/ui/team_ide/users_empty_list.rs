use vsc::prelude::*;

#[team_ide(users = [], domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
