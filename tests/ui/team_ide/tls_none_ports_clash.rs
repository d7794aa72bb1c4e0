use vsc::prelude::*;

#[team_ide(
    users = 6,
    tls = none,
    port = 8085,
)]
struct AcmeIde;

vsc::main!(AcmeIde);
