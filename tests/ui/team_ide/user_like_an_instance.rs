use vsc::prelude::*;

#[team_ide(users = ["i-0a1b2c3d4e5f67890"], domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
