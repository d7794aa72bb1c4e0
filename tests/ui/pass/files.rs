//! A team in a file, in any of four formats.

use vsc::prelude::*;

#[team_ide(users = "teams/team.toml", domain = "code.x.com")]
struct Toml;

#[team_ide(users = "teams/by_name.toml", domain = "code.x.com")]
struct ByName;

#[team_ide(users = "teams/team.yaml", domain = "code.x.com")]
struct Yaml;

#[team_ide(users = "teams/team.json", domain = "code.x.com")]
struct Json;

#[team_ide(users = "teams/team.csv", domain = "code.x.com")]
struct Csv;

fn names<D: vsc::Declared>() -> Vec<String> {
    let ide = D::DECLARATION.check().expect("it is right");
    ide.users().iter().map(|user| user.name().as_str().to_owned()).collect()
}

fn main() {
    assert_eq!(names::<Toml>(), ["alice", "bob"]);
    // The team has the order of the file.
    assert_eq!(names::<ByName>(), ["zoe", "bob"]);
    let toml = <Toml as vsc::Declared>::DECLARATION;
    assert_eq!(toml.users, <Yaml as vsc::Declared>::DECLARATION.users);
    assert_eq!(toml.users, <Json as vsc::Declared>::DECLARATION.users);
    let csv = <Csv as vsc::Declared>::DECLARATION.check().expect("it is right");
    assert_eq!(csv.users()[1].extensions().len(), 2);
    assert_eq!(csv.users()[1].memory().to_string(), "2 GiB");
    assert!(csv.users()[0].email().is_none());
}
