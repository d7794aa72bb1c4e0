use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    snapshots = dayly,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
