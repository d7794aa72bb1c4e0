use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    home_volume = "20 TiB",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
