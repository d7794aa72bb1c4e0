use vsc::prelude::*;

const TEAM: &str = "R&D";

#[team_ide(
    users = 6,
    domain = "code.x.com",
    tags(Team = TEAM),
)]
struct AcmeIde;

vsc::main!(AcmeIde);
