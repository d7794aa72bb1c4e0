use vsc::prelude::*;

const INSTANCE: &str = "t3.smal";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    instance = INSTANCE,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
