use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    allow = ["0.0.0.0/1", "128.0.0.0/1"],
    key_pair = "ops",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
