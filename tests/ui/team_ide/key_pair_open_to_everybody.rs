use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    allow = anywhere,
    key_pair = "ops",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
