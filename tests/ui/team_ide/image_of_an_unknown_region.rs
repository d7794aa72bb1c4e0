use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    image = "123456789012.dkr.ecr.eu-wset-1.amazonaws.com/ide:1",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
