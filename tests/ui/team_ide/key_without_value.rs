use vsc::prelude::*;

#[team_ide(users = 6, domain)]
struct Acme;

vsc::main!(Acme);
