use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    repo = "git@github.com:rust-lang/rust.git",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
