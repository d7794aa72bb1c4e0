use vsc::prelude::*;

const HALF: f64 = 0.5;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    cpus = HALF - 0.5,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
