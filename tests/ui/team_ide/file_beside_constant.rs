use vsc::prelude::*;

const MEMORY: &str = "64 GiB";

#[team_ide(
    users = "two.csv",
    domain = "code.x.com",
    instance = "t3.small",
    memory = MEMORY,
    allow = [RANGE, RANGE],
)]
struct AcmeIde;

const RANGE: &str = "203.0.113.0/24";

vsc::main!(AcmeIde);
