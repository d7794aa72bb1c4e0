use vsc::prelude::*;

const SMALL: &str = "64 MiB";

#[team_ide(
    domain = "code.x.com",
)]
enum AcmeIde {
    #[user(memory = SMALL)]
    Alice,
    Bob,
}

vsc::main!(AcmeIde);
