use vsc::prelude::*;

const TEAM: &[&str] = &["alice", "Bob"];

#[team_ide(
    users = TEAM,
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
