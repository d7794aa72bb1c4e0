use vsc::prelude::*;

#[team_ide(domain = "code.x.com")]
enum Acme {
    #[user(memroy = "2 GiB")]
    Alice,
    #[user(name = "Bob")]
    Bob,
}

vsc::main!(Acme);
