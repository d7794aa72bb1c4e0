use vsc::prelude::*;

#[team_ide(
    domain = "code.x.com",
)]
enum AcmeIde {
    Alice,
    #[user(name = "alice")]
    Other,
}

vsc::main!(AcmeIde);
