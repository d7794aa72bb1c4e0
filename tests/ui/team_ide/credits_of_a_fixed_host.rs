use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    instance = "m7i.large",
    credits = unlimited,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
