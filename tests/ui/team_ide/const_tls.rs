use vsc::prelude::*;

const NAME: &str = "/vsc/certificate";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tls = ssm(certificate = NAME, private_key = NAME),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
