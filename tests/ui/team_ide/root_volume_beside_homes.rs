use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    root_volume = "8 GiB",
    home_volume = "100 GiB",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
