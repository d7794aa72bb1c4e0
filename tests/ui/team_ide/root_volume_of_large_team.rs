use vsc::prelude::*;

#[team_ide(
    users = 180,
    domain = "code.x.com",
    root_volume = "100 GiB",
    home_volume = none,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
