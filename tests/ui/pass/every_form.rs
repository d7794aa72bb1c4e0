use vsc::prelude::*;

mod count {
    use vsc::prelude::*;

    #[team_ide(
        users = 2,
        domain = "code.x.com",
        hosted_zone = "Z0123456789ABCDEFGHIJ",
        vpc = "vpc-0a1b2c3d4e5f67890",
        subnet = "subnet-0a1b2c3d",
        allow = ["203.0.113.0/24", "2001:db8::/32"],
        port = 8443,
        dashboard_port = 9000,
        instance = "m7g.large",
        region = "eu-west-1",
        root_volume = "50 GiB",
        key_pair = "ops",
        tls = ssm(certificate = "/a/certificate", private_key = "/a/key"),
        memory = "1.5 GiB",
        stack_name = "Acme-2",
        description = "The IDEs of Acme",
        tags(CostCenter = "1234", Team = "a b"),
    )]
    pub struct Count;
}

#[team_ide(users = ["alice", "bob"], domain = "code.x.com", allow = anywhere, tls = ssm)]
struct Names;

/// Documented like any enum.
#[team_ide(domain = "code.x.com")]
#[derive(Clone, Copy, Debug)]
pub enum Variants {
    /// A user with settings of her own.
    #[user(name = "alice-b", memory = "2 GiB")]
    Alice,
    MaryAnn,
}

#[team_ide(crate = ::vsc, users = 1, domain = "x.io")]
struct Renamed;

fn main() {
    let declarations = [
        <count::Count as vsc::Declared>::DECLARATION,
        <Names as vsc::Declared>::DECLARATION,
        <Variants as vsc::Declared>::DECLARATION,
        <Renamed as vsc::Declared>::DECLARATION,
    ];
    let names: Vec<Vec<String>> = declarations
        .iter()
        .map(|declaration| declaration.check().expect("it is right"))
        .map(|ide| ide.users().iter().map(|user| user.name().as_str().to_owned()).collect())
        .collect();
    assert_eq!(
        names,
        [vec!["dev-1", "dev-2"], vec!["alice", "bob"], vec!["alice-b", "mary-ann"], vec!["dev-1"]]
    );
}
