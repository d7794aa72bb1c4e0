use vsc::prelude::*;

#[team_ide(
    users = 6,
    tls = none,
    hosted_zone = "Z0123456789ABCDEFGHIJ",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
