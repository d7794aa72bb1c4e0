use vsc::prelude::*;

#[team_ide(
    users = 6,
    repo = "https://x.com/a/..",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
