//! The smallest type of a family that the team fits: of a literal, a constant, and the builder.

use vsc::prelude::*;

const FAMILY: &str = "c7i";
const USERS: u32 = 6;

#[team_ide(users = 6, domain = "code.x.com", instance = "c7i")]
struct Literal;

#[team_ide(users = USERS, domain = "code.x.com", instance = FAMILY)]
struct Constant;

#[team_ide(users = ["alice"], domain = "code.x.com", instance = "m7g", image = "x/code-server:4.1-arm64")]
struct Arm;

fn main() {
    let of = |declaration: &vsc::Declaration| {
        let ide = declaration.check().expect("the declaration is right");
        ide.instance().name()
    };
    assert_eq!(of(<Literal as vsc::Declared>::DECLARATION), "c7i.xlarge");
    assert_eq!(of(<Constant as vsc::Declared>::DECLARATION), "c7i.xlarge");
    assert_eq!(of(<Arm as vsc::Declared>::DECLARATION), "m7g.medium");
    let team = TeamIde::builder().stack_name("acme").domain("code.x.com");
    let team = team.users(20).instance("c7i");
    assert_eq!(of(&team.declaration()), "c7i.4xlarge");
}
