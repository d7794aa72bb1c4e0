use vsc::prelude::*;

const ZONE: &str = "Rome Standard Time";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    timezone = ZONE,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
