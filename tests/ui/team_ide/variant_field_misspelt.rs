use vsc::prelude::*;

#[team_ide(
    domain = "code.x.com",
)]
enum AcmeIde {
    #[user(mail = "alice@x.com")]
    Alice,
}

vsc::main!(AcmeIde);
