use vsc::prelude::*;

const HOMES: &str = "none";

#[team_ide(
    users = 60,
    domain = "code.x.com",
    root_volume = "30 GiB",
    home_volume = HOMES,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
