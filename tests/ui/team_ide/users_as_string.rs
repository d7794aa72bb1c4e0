use vsc::prelude::*;

#[team_ide(users = "alice", domain = "code.x.com")]
struct Acme;

vsc::main!(Acme);
