use vsc::prelude::*;

const PEERS: &[&str] = &["10.0.5.7", "203.0.113.0/24"];

#[team_ide(
    users = 6,
    domain = "code.x.com",
    reach = PEERS,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
