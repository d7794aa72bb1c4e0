use vsc::prelude::*;

#[team_ide(domain = "code.x.com")]
enum Acme {
    Alice,
    #[cfg(windows)]
    Bob,
    #[cfg_attr(windows, user(memory = "2 GiB"))]
    Carol,
}

vsc::main!(Acme);
