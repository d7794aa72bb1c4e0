use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    instance = "t4g.large",
    image = "codercom/code-server:4.139.1-amd64",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
