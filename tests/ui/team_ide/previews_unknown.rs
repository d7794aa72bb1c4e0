use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    previews = subdomain,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
