use vsc::prelude::*;

fn add_backups(stack: Stack) {
    drop(stack);
}

#[team_ide(
    users = 6,
    domain = "code.x.com",
    extend = add_backups,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
