use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    cpus = "2",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
