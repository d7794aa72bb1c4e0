use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    dashboard_port = 80,
)]
struct Acme;

vsc::main!(Acme);
