//! The team of `benches/login/run`.

use vsc::prelude::*;

#[team_ide(
    users = 50,
    domain = "code.test",
    tls = none,
    instance_type = "m7i.16xlarge"
)]
struct Fifty;

vsc::main!(Fifty);
