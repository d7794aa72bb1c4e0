//! The lints that are reported about the stacks of teams.

use vsc_core::Stack;
use vsc_core::check::{self, lint};
use vsc_core::team_ide::extended;
use vsc_core::template::{Path, Source};
use vsc_spec::Json;
use vsc_spec::team::{TeamIde, TeamIdeBuilder};

/// Each diagnostic as `lint path: message`.
fn reported(text: &str) -> Vec<String> {
    let source = Source::read(text).expect("it is a template");
    let reported = check::template(source.json(), source.size()).into_iter();
    reported
        .map(|reported| {
            let path: Path = reported.location.path.iter().cloned().collect();
            let (id, message) = (reported.lint.id(), reported.diagnostic.message);
            format!("{id} {path}: {message}")
        })
        .collect()
}

#[test]
fn deliberate_settings_of_a_team_are_suppressed_but_for_plaintext_logins() {
    let about = |team: TeamIdeBuilder, extend: fn(&mut Stack)| {
        let team = team.user("alice").stack_name("acme").domain("code.x.com");
        let ide = team.build().expect("the declaration is right");
        let stack = extended(&ide, |stack, _| extend(stack));
        reported(&stack.finish().expect("it is a stack").to_yaml_string())
    };
    let nothing = |_: &mut Stack| {};
    assert_eq!(about(TeamIde::builder().allow_anywhere(), nothing), [""; 0]);
    assert_eq!(
        about(
            TeamIde::builder().allow(["203.0.113.0/24"]).tls_none(),
            nothing
        ),
        [""; 0]
    );
    assert_eq!(about(TeamIde::builder().tls_none(), nothing), [""; 0]);
    let open = || TeamIde::builder().allow_anywhere().tls_none();
    assert_eq!(
        about(open(), nothing),
        [
            "plaintext-login Resources.HostSecurityGroup.Properties.SecurityGroupIngress[0].CidrIp: passwords are sent over the internet in plain text"
        ]
    );
    let allowed = |stack: &mut Stack| {
        stack.metadata("vsc", Json::object([("note", Json::from("a lab"))]));
        stack.suppress_lint(lint::PLAINTEXT_LOGIN, "a lab");
        stack.suppress_lint(lint::PLAINTEXT_LOGIN, "a lab");
    };
    assert_eq!(about(open(), allowed), [""; 0]);
}
