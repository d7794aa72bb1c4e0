use vsc::prelude::*;

#[team_ide(domain = "code.x.com")]
enum Acme<T> {
    Alice,
}

fn main() {}
