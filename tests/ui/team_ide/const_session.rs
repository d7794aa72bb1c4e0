use vsc::prelude::*;

const SESSION: &str = "1 h";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    session = SESSION,
    idle = "2 h",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
