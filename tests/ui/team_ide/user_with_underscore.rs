use vsc::prelude::*;

#[team_ide(users = ["alice_b"], domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
