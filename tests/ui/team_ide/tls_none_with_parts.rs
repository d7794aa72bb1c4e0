use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = none(email = "ops@x.com"),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
