use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    repo = "https://me:secret@github.com/rust-lang/rust",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
