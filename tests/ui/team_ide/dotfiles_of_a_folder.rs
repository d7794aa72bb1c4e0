use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    dotfiles = "~/dotfiles",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
