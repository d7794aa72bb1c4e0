use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    instance = "t3.large",
    cpus = 4,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
