use vsc::prelude::*;

#[team_ide(
    users = ["alice", "bob"],
    domain = "code.x.com",
    operators = ["alice", "alise"],
)]
struct AcmeIde;

vsc::main!(AcmeIde);
