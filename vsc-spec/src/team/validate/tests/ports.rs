//! Ports, and the ranges to which they are open.

use super::*;
use crate::team::declaration::Allow;

fn ranges(count: usize) -> Option<Allow> {
    let ranges = (0..count).map(|at| format!("10.0.{at}.0/24"));
    Some(Allow::Ranges(ranges.collect()))
}

#[test]
fn ports_do_not_collide() {
    let ports = |team: Declaration, port: Option<i128>, dashboard_port: Option<i128>| Declaration {
        port,
        dashboard_port,
        ..team
    };
    let (port, dashboard, users) = (
        DeclarationPath::Value(Key::Port),
        DeclarationPath::Value(Key::DashboardPort),
        DeclarationPath::Value(Key::Users),
    );
    let shared = "the workspaces and the dashboard cannot share port";
    let each = "a workspace and the dashboard cannot share port";
    for (team, own, of_dashboard, expected) in [
        (team(), None, None, &[][..]),
        (team(), Some(8_443), Some(8_444), &[]),
        (team(), Some(8_443), Some(8_443), &[(dashboard, shared)]),
        (team(), Some(8_090), None, &[(port, shared)]),
        (team(), None, Some(443), &[(dashboard, shared)]),
        (
            team(),
            Some(0),
            Some(0),
            &[
                (port, "0 is not a valid port"),
                (dashboard, "0 is not a valid port"),
            ],
        ),
        (team(), Some(80), None, &[(port, "port 80 is taken")]),
        (plain(), Some(8_088), None, &[]),
        (plain(), Some(8_089), None, &[(port, each)]),
        (plain(), None, Some(8_101), &[(dashboard, each)]),
        (plain(), None, Some(8_102), &[]),
        (plain(), Some(65_534), None, &[]),
        (
            plain(),
            Some(65_535),
            None,
            &[(port, "there are not enough ports for the team")],
        ),
        (plain(), Some(8_081), None, &[(port, "port 8082 is taken")]),
    ] {
        assert_errors(&ports(team, own, of_dashboard), expected);
    }
    // With a domain, plain HTTP has one port for all.
    let by_name = Declaration {
        domain: text("code.x.com"),
        ..plain()
    };
    assert_errors(&ports(by_name.clone(), Some(80), None), &[]);
    assert_errors(&ports(by_name.clone(), Some(8_089), None), &[]);
    assert_errors(
        &ports(by_name, None, Some(80)),
        &[(dashboard, "port 80 is taken")],
    );
    // The ports of an invalid number of users are unknown; the shared ports do not depend on it.
    let nobody = |team: Declaration| Declaration {
        users: Some(Users::Count(0)),
        ..team
    };
    let none = (users, "a team of 0 users");
    assert_errors(&ports(nobody(plain()), Some(8_090), None), &[none]);
    assert_errors(
        &ports(nobody(team()), Some(8_090), None),
        &[none, (port, shared)],
    );
    let nobody = Declaration {
        users: None,
        ..plain()
    };
    assert_errors(
        &ports(nobody, Some(8_090), None),
        &[(
            DeclarationPath::Missing(Key::Users),
            "the users are missing",
        )],
    );
}

#[test]
fn each_range_has_a_rule_for_each_open_port() {
    let open = |team: Declaration, key_pair: Option<&str>, count| Declaration {
        allow: ranges(count),
        key_pair: key_pair.and_then(text),
        ..team
    };
    let path = DeclarationPath::Value(Key::Allow);
    for (most, of_team, key_pair) in [
        (20, team(), None),
        (15, team(), Some("ops")),
        (30, plain(), None),
        (20, plain(), Some("ops")),
    ] {
        assert_errors(&open(of_team.clone(), key_pair, most), &[]);
        let message = format!("too many IPv4 ranges: {}", most + 1);
        let team = open(of_team, key_pair, most + 1);
        assert_errors(&team, &[(path, &message)]);
    }
    let everybody = |key_pair: &str| Declaration {
        allow: Some(Allow::Anywhere),
        key_pair: text(key_pair),
        ..team()
    };
    let path = DeclarationPath::Value(Key::KeyPair);
    assert_errors(
        &everybody("ops"),
        &[(path, "SSH would be open to the whole internet")],
    );
    assert_errors(
        &everybody(" "),
        &[(path, "\" \" is not a valid key pair name")],
    );
}
