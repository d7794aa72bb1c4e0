use vsc::prelude::*;

#[team_ide(crate = vsc, crate = vsc, users = 6, domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
