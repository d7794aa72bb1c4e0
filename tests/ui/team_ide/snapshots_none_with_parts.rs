use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    snapshots = none(keep = 7),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
