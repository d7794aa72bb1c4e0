use vsc::prelude::*;

#[team_ide(
    users = 6,
    domain = "code.x.com",
    description = "The IDEs in ${AWS::Region}",
)]
struct AcmeIde;

vsc::main!(AcmeIde);
