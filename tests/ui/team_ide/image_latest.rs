use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    image = "codercom/code-server:latest",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
