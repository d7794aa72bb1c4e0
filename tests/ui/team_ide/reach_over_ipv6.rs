use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    reach = ["fd00:5::/64"],
)]
struct AcmeIde;

vsc::main!(AcmeIde);
