use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
)]
#[user(memory = "2 GiB")]
struct AcmeIde;

vsc::main!(AcmeIde);
