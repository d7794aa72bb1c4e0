use vsc::prelude::*;

#[team_ide(
    users = "order.toml",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
