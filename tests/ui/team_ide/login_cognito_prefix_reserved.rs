use vsc::prelude::*;

#[team_ide(
    domain = "code.x.com",
    login = cognito(domain_prefix = "acme-aws"),
)]
enum AcmeIde {
    #[user(email = "alice@x.com")]
    Alice,
    #[user(email = "bob@x.com")]
    Bob,
}

vsc::main!(AcmeIde);
