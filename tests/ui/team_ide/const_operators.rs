use vsc::prelude::*;

const USERS: &[&str] = &["alice", "bob"];
const OPERATORS: &[&str] = &["alice", "carol"];

#[team_ide(
    users = USERS,
    domain = "code.x.com",
    operators = OPERATORS,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
