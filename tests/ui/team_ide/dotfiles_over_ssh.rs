use vsc::prelude::*;

#[team_ide(domain = "code.x.com", dotfiles = "https://x.com/team/dotfiles")]
enum AcmeIde {
    #[user(dotfiles = "git@github.com:alice/dotfiles.git")]
    Alice,
    Bob,
}

vsc::main!(AcmeIde);
