use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    extend = |_, _| {},
)]
struct Acme;

vsc::main!(Acme);
