use vsc::prelude::*;

#[team_ide(
    users = "no-such-team.toml",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
