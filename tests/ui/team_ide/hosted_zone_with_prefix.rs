use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    hosted_zone = "/hostedzone/Z0123456789ABC",
)]
struct Acme;

vsc::main!(Acme);
