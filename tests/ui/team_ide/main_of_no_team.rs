use vsc::prelude::*;

#[team_ide(users = 6, domain = "code.x.com")]
struct Acme;

vsc::main!();
