use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = none,
    previews = subdomains,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
