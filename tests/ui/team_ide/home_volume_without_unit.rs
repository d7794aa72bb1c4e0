use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    home_volume = "100",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
