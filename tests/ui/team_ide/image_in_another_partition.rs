use vsc::prelude::*;

const IMAGE: &str = "123456789012.dkr.ecr.cn-north-1.amazonaws.com/team/ide:1.2";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    image = IMAGE,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
