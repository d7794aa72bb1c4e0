use vsc::prelude::*;

struct Acme;

impl Acme {
    #[team_ide(users = 6, domain = "code.x.com")]
    fn ide() {}
}

fn main() {
    Acme::ide();
}
