use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    image = "https://registry.x.com/team/ide:1.0",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
