use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = acme(email = "ops@x.com", staging = "yes"),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
