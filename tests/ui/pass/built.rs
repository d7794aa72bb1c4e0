//! The same declaration as plain Rust, and with the same words for the same mistakes.

use vsc::prelude::*;

#[team_ide(users = ["alice"], domain = "code.x.com", memory = "2 GiB", tls = acme(email = "ops@x.com"))]
struct Declared;

fn main() -> Result<(), vsc::team::DeclarationError> {
    let built = TeamIde::builder()
        .stack_name("declared")
        .user("alice")
        .domain("code.x.com")
        .memory("2 GiB")
        .tls_acme("ops@x.com")
        .build()?;
    let declared = <Declared as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(built, declared);

    let refused = TeamIde::builder()
        .users(100)
        .domain("code.x.com")
        .instance("t3.small")
        .build()
        .expect_err("they do not fit");
    assert!(refused.to_string().starts_with("100 users do not fit on a t3.small\n"));
    assert_eq!(refused.refusals.len(), 1);
    Ok(())
}
