use vsc::prelude::*;

#[team_ide(users = 6, domain = "not a domain!")]
struct Acme;

vsc::main!(Acme);
