use vsc::prelude::*;

#[team_ide(
    domain = "code.x.com",
)]
enum AcmeIde {
    #[user(email = "alice", cpus = 0, repo = "github.com/a/b", extensions = ["a"])]
    Alice,
    #[user(memory = 2, email = "bob@x.com", email = "bob@x.com")]
    Bob,
}

vsc::main!(AcmeIde);
