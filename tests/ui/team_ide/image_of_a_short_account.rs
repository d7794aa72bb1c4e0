use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    image = "12345678901.dkr.ecr.eu-west-1.amazonaws.com/ide:1",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
