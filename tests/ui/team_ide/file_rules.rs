use vsc::prelude::*;

#[team_ide(
    users = "rules.yaml",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
