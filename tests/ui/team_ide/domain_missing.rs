use vsc::prelude::*;

#[team_ide(users = 6)]
struct Acme;

vsc::main!(Acme);
