use vsc::prelude::*;

#[team_ide(domain = "code.x.com")]
enum Acme {
    #[user(memory = "1 MiB")]
    Alice,
}

vsc::main!(Acme);
