//! The team of `benches/login/run`.

use vsc::prelude::*;

#[team_ide(
    users = 50,
    domain = "code.test",
    tls = none,
)]
struct Fifty;

vsc::main!(Fifty);
