use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    home_volume = off,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
