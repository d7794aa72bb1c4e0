use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    port = 8443,
    dashboard_port = 8443,
)]
struct Acme;

vsc::main!(Acme);
