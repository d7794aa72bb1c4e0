use vsc::prelude::*;

#[team_ide(users = 6, domain = "code.x.com")]
struct _1;

vsc::main!(_1);
