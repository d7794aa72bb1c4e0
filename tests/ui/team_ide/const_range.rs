use vsc::prelude::*;

const OFFICE: &str = "203.0.113.0/33";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    allow = ["203.0.113.0/24", OFFICE],
)]
struct AcmeIde;

vsc::main!(AcmeIde);
