use vsc::prelude::*;

const OFFICES: &[u8] = b"203.0.113.0/24";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    allow = OFFICES,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
