use vsc::prelude::*;

#[team_ide(
    users = "fields.json",
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
