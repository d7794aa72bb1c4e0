use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    home_volume = none,
    snapshots = daily,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
