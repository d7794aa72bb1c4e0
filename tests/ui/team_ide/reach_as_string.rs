use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    reach = "10.0.5.0/24",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
