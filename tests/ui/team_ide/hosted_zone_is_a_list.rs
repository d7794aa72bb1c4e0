use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    hosted_zone = ["Z0123456789ABCDEFGHIJ"],
)]
struct AcmeIde;

vsc::main!(AcmeIde);
