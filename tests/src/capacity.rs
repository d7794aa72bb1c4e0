//! Generates the tables of `docs/capacity.md`.

use std::fmt::Write as _;

use vsc::team::{InstanceType, TeamIde};

/// The hosts in the table: those that are chosen, and common ones.
const HOSTS: [&str; 12] = [
    "t3.small",
    "t3.medium",
    "t3.large",
    "t3.xlarge",
    "t3.2xlarge",
    "m7i.xlarge",
    "m7i.2xlarge",
    "m7i.4xlarge",
    "r7i.2xlarge",
    "r7i.4xlarge",
    "t4g.large",
    "m7g.2xlarge",
];

const PROMISES: [&str; 5] = ["512 MiB", "1 GiB", "2 GiB", "4 GiB", "8 GiB"];

const TEAMS: [u32; 10] = [1, 2, 3, 6, 10, 15, 20, 50, 100, 180];

/// The tables: users by host and promise, and the host that is chosen for a team.
///
/// # Panics
///
/// When a host of the table is not an instance type.
pub fn tables() -> String {
    let mut text = String::from("| host | vCPUs | memory |");
    for promise in PROMISES {
        _ = write!(text, " users of {promise} |");
    }
    _ = writeln!(
        text,
        "\n| --- | ---: | ---: |{}",
        " ---: |".repeat(PROMISES.len())
    );
    for name in HOSTS {
        let host = InstanceType::new(name).expect("it is an instance type");
        _ = write!(text, "| {name} | {} | {} |", host.vcpus(), host.memory());
        for promise in PROMISES {
            _ = write!(text, " {} |", most(name, promise));
        }
        text.push('\n');
    }
    _ = write!(text, "\n| users |");
    for promise in PROMISES {
        _ = write!(text, " {promise} each |");
    }
    _ = writeln!(text, "\n| ---: |{}", " --- |".repeat(PROMISES.len()));
    for users in TEAMS {
        _ = write!(text, "| {users} |");
        for promise in PROMISES {
            _ = write!(text, " {} |", chosen(users, promise));
        }
        text.push('\n');
    }
    text
}

fn built(users: u32, promise: &'static str, host: Option<&'static str>) -> Option<TeamIde> {
    let team = TeamIde::builder()
        .users(users)
        .domain("code.x.com")
        .memory(promise);
    let team = match host {
        Some(host) => team.instance(host),
        None => team,
    };
    team.build().ok()
}

/// The largest team that fits a host.
fn most(host: &'static str, promise: &'static str) -> String {
    let most = (1..=180)
        .take_while(|users| built(*users, promise, Some(host)).is_some())
        .last();
    most.map_or("–".to_owned(), |most| most.to_string())
}

fn chosen(users: u32, promise: &'static str) -> String {
    match built(users, promise, None) {
        Some(ide) => ide.instance().name().to_owned(),
        None => "–".to_owned(),
    }
}
