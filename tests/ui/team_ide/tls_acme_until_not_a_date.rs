use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = acme(email = "ops@x.com", until = "2027-02-30"),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
