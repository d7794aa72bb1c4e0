use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    login = cognito(domain_prefix = "acme-ide"),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
