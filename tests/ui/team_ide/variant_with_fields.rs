use vsc::prelude::*;

#[team_ide(domain = "code.x.com")]
enum Acme {
    Alice(u32),
    Bob,
}

vsc::main!(Acme);
