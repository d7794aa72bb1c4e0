use vsc::prelude::*;

const KEPT: u16 = 5000;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    snapshots = daily(keep = KEPT),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
