use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    stack_name = "acme_ide",
)]
struct Acme;

vsc::main!(Acme);
