use vsc::prelude::*;

const TEAM: [&str; 3] = ["alice", "Bob", "alice"];

#[team_ide(
    users = TEAM,
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
