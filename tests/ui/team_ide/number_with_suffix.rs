use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    port = 443f32,
)]
struct Acme;

vsc::main!(Acme);
