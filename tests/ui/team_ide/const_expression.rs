use vsc::prelude::*;

const BASE: u32 = 8443;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    port = BASE + 600 * 100,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
