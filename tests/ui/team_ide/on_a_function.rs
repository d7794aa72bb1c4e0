use vsc::prelude::*;

#[team_ide(users = 6, domain = "code.x.com")]
fn acme() {}

fn main() {}
