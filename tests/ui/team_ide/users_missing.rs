use vsc::prelude::*;

#[team_ide(domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
