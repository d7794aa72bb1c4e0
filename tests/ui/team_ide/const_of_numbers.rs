use vsc::prelude::*;

#[team_ide(
    users = 200 - 10,
    domain = "code.x.com",
    port = if cfg!(debug_assertions) { 70_000 } else { 80_000 - 9_999 },
)]
struct AcmeIde;

vsc::main!(AcmeIde);
