use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    snapshots = daily(keep = "7"),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
