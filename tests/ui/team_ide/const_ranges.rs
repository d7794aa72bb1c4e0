use vsc::prelude::*;

const OFFICES: &[&str] = &["10.0.0.1/8", "203.0.113.0/24", "203.0.113.0/25"];

#[team_ide(
    users = 6,
    domain = "code.x.com",
    allow = OFFICES,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
