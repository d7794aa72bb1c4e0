use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    extend = "add_backups",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
