use vsc::prelude::*;

#[team_ide(domain = "code.x.com")]
enum Acme {
    #[user(5, email, memroy = "2 GiB")]
    Alice,
}

vsc::main!(Acme);
