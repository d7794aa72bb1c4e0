use vsc::prelude::*;

#[team_ide(
    domain = "code.x.com",
    login = oidcc(issuer = "https://accounts.google.com"),
    operators = ["op@x.com"],
)]
enum AcmeIde {
    #[user(email = "alice@x.com")]
    Alice,
    #[user(email = "bob@x.com")]
    Bob,
}

vsc::main!(AcmeIde);
