use vsc_core::template::write_json;

use super::*;

/// 2026-11-29T00:00:00Z.
const NOW: i64 = 1_795_910_400;

const ALL: &str = "applied=abc /vsc/key
applied_at=2026-11-28T09:00:00Z
users=alice bob
certificate_until=2027-02-01T00:00:00Z
renewed_at=2026-11-28T03:00:00Z
renewed=ok
disk=/ 43%
disk=/home/vsc 7%
docker=active
proxy=active
clock=synchronized
now=2026-11-29T00:01:00Z
updated_at=2026-11-28T04:00:00Z
updated=ok
";

fn lines(output: &str, deployed: Option<&str>) -> String {
    let lines = HostReport::read(output).lines(deployed, true, NOW);
    let lines = lines.iter();
    lines
        .map(|line| format!("{} {:?}: {}\n", line.subject, line.status, line.text))
        .collect()
}

#[test]
fn the_time_of_the_tests_is_the_intended_day() {
    assert_eq!(seconds("2026-11-29T00:00:00Z"), Some(NOW));
    assert_eq!(seconds("2026-11-29T01:00:00+01:00"), Some(NOW));
    assert_eq!(seconds("tomorrow"), None);
    assert!(now() > 1_700_000_000);
}

#[test]
fn a_healthy_host_has_ok_lines() {
    assert_eq!(
        lines(ALL, Some("abc /vsc/key")),
        "applied Ok: up to date since 2026-11-28T09:00:00Z
users Neutral: alice, bob
certificate Ok: until 2027-02-01T00:00:00Z, 64 days left
renewal Ok: ok, at 2026-11-28T03:00:00Z
disk Ok: / 43%
disk Ok: /home/vsc 7%
clock Ok: synchronized
updates Ok: ok, at 2026-11-28T04:00:00Z
"
    );
}

#[test]
fn problems_are_reported() {
    for (line, expected) in [
        (
            "applied=old",
            "applied Warning: out of date: the host has not received the update yet; it has run an earlier version since an unknown time\n",
        ),
        (
            "applied=old\ndeployed=new",
            "applied Warning: out of date: the update is being applied, or a step failed; the host has run an earlier version since an unknown time\n",
        ),
        (
            "applied=new\ndeployed=other",
            "applied Warning: out of date: the host began another update, which it has yet to undo; it has run this one since an unknown time\n",
        ),
        (
            "certificate_until=2026-11-29T05:00:00Z",
            "certificate Warning: until 2026-11-29T05:00:00Z, 5 hours left\n",
        ),
        (
            "docker=inactive",
            "Docker Error: inactive: users cannot log in; see `logs`\n",
        ),
        (
            "proxy=failed",
            "proxy Error: failed: users cannot log in; see `logs`\n",
        ),
        (
            "revoked=alice",
            "access Warning: of alice is revoked: `users admit alice` gives it back",
        ),
        (
            "full_home=alice\nfull_home=bob",
            "home Error: of alice is full: files saved there may be lost\nhome Error: of bob is full",
        ),
        (
            "clock=synchronized\nnow=2026-11-30T00:00:00Z",
            "clock Error: 1 day ahead of this machine's: AWS calls",
        ),
        (
            "now=2026-11-28T23:50:00Z",
            "clock Error: 10 minutes behind this machine's: AWS calls",
        ),
        ("updated=no room", "updates Error: failed: no room\n"),
        (
            "certificate_until=2026-11-26T00:00:00Z",
            "certificate Error: expired 3 days ago, at 2026-11-26T00:00:00Z: browsers reject it\n",
        ),
        (
            "certificate_until=2026-11-30T12:00:00Z",
            "certificate Warning: until 2026-11-30T12:00:00Z, 1 day left\n",
        ),
        (
            "certificate_until=some day",
            "certificate Neutral: until some day\n",
        ),
        (
            "renewed=certificate: ParameterNotFound",
            "renewal Error: failed: certificate: ParameterNotFound\n",
        ),
        (
            "failure=start: toomanyrequests",
            "failure Error: start: toomanyrequests\n",
        ),
        ("disk=/ 100%", "disk Error: / 100%: full\n"),
        (
            "disk=/home/vsc 93%",
            "disk Warning: /home/vsc 93%: nearly full\n",
        ),
        ("disk=/ -", "disk Neutral: / -\n"),
        (
            "clock=not synchronized",
            "clock Warning: not synchronized: AWS calls and certificates fail with a wrong time\n",
        ),
        ("users=", "users Neutral: unknown\n"),
    ] {
        let reported = lines(line, Some("new"));
        assert!(reported.contains(expected), "{line}: {reported}");
    }
}

#[test]
fn missing_fields_are_unknown() {
    let nothing = "applied Neutral: unknown\nusers Neutral: unknown\ncertificate Warning: unknown\nrenewal Neutral: unknown\n";
    for output in [
        "",
        "noise\n\n",
        "later=key\n",
        "applied=\nusers=unknown\n",
        "applied",
    ] {
        assert_eq!(lines(output, Some("new")), nothing, "{output:?}");
    }
    let plain = HostReport::read("").lines(None, false, NOW);
    assert!(plain.iter().all(|line| line.subject != "certificate"));
    let reported = lines("applied=abc\n", None);
    assert!(
        reported.starts_with("applied Neutral: abc since an unknown time\n"),
        "{reported}"
    );
}

#[test]
fn values_stay_on_their_line() {
    let report = HostReport::read("failure=a\rb\u{1b}[31m=c\n");
    let failure = report.failure.expect("there is one");
    assert!(!failure.chars().any(char::is_control), "{failure:?}");
    assert!(failure.ends_with("=c"), "{failure:?}");
}

#[test]
fn the_report_is_available_as_json() {
    let json = |output: &str, deployed| -> String {
        let json = write_json(&HostReport::read(output).to_json(deployed));
        json.split_whitespace().collect()
    };
    assert_eq!(
        json(ALL, Some("new")),
        r#"{"isApplied":false,"deployed":"new","applied":"abc/vsc/key","appliedAt":"2026-11-28T09:00:00Z","users":["alice","bob"],"certificateUntil":"2027-02-01T00:00:00Z","renewed":"ok","renewedAt":"2026-11-28T03:00:00Z","disks":["/43%","/home/vsc7%"],"fullHomes":[],"revoked":[],"docker":"active","proxy":"active","clock":"synchronized","now":"2026-11-29T00:01:00Z","updated":"ok","updatedAt":"2026-11-28T04:00:00Z"}"#
    );
    assert_eq!(
        json("", None),
        r#"{"isApplied":null,"disks":[],"fullHomes":[],"revoked":[]}"#
    );
}
