use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    login = generated(length = 12),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
