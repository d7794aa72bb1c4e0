use vsc::prelude::*;

const PORT: u32 = 70_000;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    port = PORT,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
