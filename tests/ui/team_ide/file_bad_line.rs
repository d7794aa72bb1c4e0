use vsc::prelude::*;

#[team_ide(
    users = "bad_line.toml",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
