use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    image = "codercom/code-server",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
