//! The same declaration with the builder, and with the same errors.

use vsc::prelude::*;

#[team_ide(users = ["alice"], domain = "code.x.com", memory = "2 GiB", tls = acme(email = "ops@x.com"))]
struct Declared;

const TRIAL: bool = true;

#[team_ide(users = 2, domain = "code.x.com", tls = acme(email = "ops@x.com", staging = TRIAL))]
struct Tried;

#[team_ide(users = ["alice"], domain = "code.x.com", stack_name = "declared", memory = "2 GiB", tls = acme(email = "ops@x.com", staging = false))]
struct Real;

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
    let real = <Real as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(built, real);
    let tried = <Tried as vsc::Declared>::DECLARATION.check().expect("it is right");
    let trial = TeamIde::builder().stack_name("tried").users(2).domain("code.x.com");
    assert_eq!(trial.tls_acme_staging("ops@x.com").build()?, tried);

    let rejected = TeamIde::builder()
        .users(100)
        .domain("code.x.com")
        .instance("t3.small")
        .build()
        .expect_err("they do not fit");
    assert!(rejected.to_string().starts_with("100 users do not fit on a t3.small\n"));
    assert_eq!(rejected.errors.len(), 1);
    Ok(())
}
