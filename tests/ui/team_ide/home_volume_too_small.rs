use vsc::prelude::*;

#[team_ide(
    users = 100,
    domain = "code.x.com",
    home_volume = "1 GiB",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
