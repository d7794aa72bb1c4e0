use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    cpus = -0.5,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
