use vsc::prelude::*;

#[team_ide(
    users = ["Alice", 5, "bob", "bob"],
    domain = "code.x.com",
)]
struct Acme;

vsc::main!(Acme);
