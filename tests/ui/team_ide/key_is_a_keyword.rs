use vsc::prelude::*;

#[team_ide(users = 6, domain = "code.x.com", type = "t3.large")]
struct Acme;

vsc::main!(Acme);
