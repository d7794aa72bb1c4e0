use vsc::prelude::*;

const LEAD: &str = "alice";

#[team_ide(
    users = ["alice", LEAD],
    domain = "code.x.com",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
