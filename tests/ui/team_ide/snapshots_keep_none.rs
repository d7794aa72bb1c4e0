use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    snapshots = daily(keep = 0),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
