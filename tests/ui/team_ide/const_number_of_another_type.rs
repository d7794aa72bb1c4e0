use vsc::prelude::*;

const PORT: &str = "443";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    port = PORT,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
