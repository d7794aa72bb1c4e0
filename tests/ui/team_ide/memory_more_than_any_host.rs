use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    memory = "100 TiB",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
