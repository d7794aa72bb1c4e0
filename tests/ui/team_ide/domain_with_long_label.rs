use vsc::prelude::*;

#[team_ide(users = 6, domain = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com")]
struct Acme;

vsc::main!(Acme);
