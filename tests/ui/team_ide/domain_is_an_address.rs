use vsc::prelude::*;

#[team_ide(users = 6, domain = "10.0.0.1")]
struct Acme;

vsc::main!(Acme);
