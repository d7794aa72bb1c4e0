use vsc::prelude::*;

#[team_ide(users = 2, domain = "code.x.com")]
enum Acme {
    Alice,
    Bob,
}

vsc::main!(Acme);
