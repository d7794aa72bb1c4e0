use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    reach = ["203.0.113.0/24"],
)]
struct AcmeIde;

vsc::main!(AcmeIde);
