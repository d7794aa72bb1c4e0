use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    login = shard,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
