use vsc::prelude::*;

#[team_ide(users = 6, domain = 42)]
struct Acme;

vsc::main!(Acme);
