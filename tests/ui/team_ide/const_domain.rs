use vsc::prelude::*;

const DOMAIN: &str = "https://code.x.com";

#[team_ide(
    users = 6,
    domain = DOMAIN,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
