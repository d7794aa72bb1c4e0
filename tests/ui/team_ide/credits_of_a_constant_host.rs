use vsc::prelude::*;

const HOST: &str = "m7i.large";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    instance = HOST,
    credits = standard,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
