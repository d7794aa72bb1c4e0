use vsc::prelude::*;

#[team_ide(domain = "code.x.com")]
enum Acme {}

vsc::main!(Acme);
