use vsc::prelude::*;

#[team_ide(
    users = 6,
    memory = "1,5 GiB",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
