use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    extensions = "rust-lang.rust-analyzer",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
