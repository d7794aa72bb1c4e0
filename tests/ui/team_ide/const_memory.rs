use vsc::prelude::*;

const MEMORY: &str = "2 GB";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    memory = MEMORY,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
