use vsc::prelude::*;

const PORT: u16 = 8443;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    port = 8443,
    dashboard_port = PORT,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
