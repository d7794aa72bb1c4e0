use vsc_core::template::write_json;

use super::*;
use crate::aws::scripted::{Answer, Aws, good, message, named, running_host, target};
use crate::terminal::plain;
use crate::view;

/// The end of a command with this output.
fn ended(output: &str) -> Answer {
    let output = serde_json::to_string(output).expect("it is text");
    good(format!(
        "{{\"Status\": \"Success\", \"StandardOutputContent\": {output}, \"StandardErrorContent\": \"\"}}"
    ))
}

fn commands(aws: &Aws) -> Vec<String> {
    let calls = aws.calls("SendCommand");
    let command = |body: &str| {
        let body: Value = serde_json::from_str(body).expect("it is JSON");
        let command = body["Parameters"]["commands"][0].as_str();
        command.expect("there is one").to_owned()
    };
    calls.iter().map(|call| command(&call.body)).collect()
}

fn query(lines: u16) -> Query {
    Query {
        user: None,
        since: None,
        lines,
    }
}

fn entry(second: u16) -> String {
    format!("{{\"time\": \"2026-11-29T10:00:{second:02}.000001Z\", \"event\": \"login\"}}\n")
}

#[test]
fn entries_are_read_until_there_are_enough() {
    let pages = [
        format!("more\n{}{}", entry(4), entry(5)),
        format!("more\n{}{}", entry(2), entry(3)),
    ];
    let aws = running_host(pages.iter().map(|page| ended(page)));
    let record = aws.serve(|| run(&target(false), &named("team"), &query(4)));
    let record = record.expect("it is answered");
    let seconds = record.entries.iter().map(|entry| &entry.time[17..19]);
    assert_eq!(seconds.collect::<Vec<_>>(), ["02", "03", "04", "05"]);
    assert!(record.has_more);
    let empty = "\"$(printf %s '' | base64 --decode)\"";
    assert_eq!(
        commands(&aws),
        [
            format!("/usr/local/libexec/vsc/audit show {empty} {empty} {empty} 4"),
            format!(
                "/usr/local/libexec/vsc/audit show {empty} {empty} 2026-11-29T10:00:04.000001Z 2"
            ),
        ]
    );
}

#[test]
fn all_entries_are_a_page() {
    let wanted = Query {
        user: Some("it's; reboot".to_owned()),
        since: Since::of("2h"),
        ..query(100)
    };
    let aws = running_host([ended(&entry(1))]);
    let record = aws.serve(|| run(&target(false), &named("team"), &wanted));
    let record = record.expect("it is answered");
    assert_eq!((record.entries.len(), record.has_more), (1, false));
    let command = commands(&aws).join("\n");
    assert!(
        !command.contains("reboot") && command.ends_with(" 100"),
        "{command}"
    );
}

#[test]
fn a_table_shows_what_happened_and_hides_nothing_in_it() {
    let hostile = r#"{"time": "2026-11-29T10:00:01.5Z", "event": "denied", "person": "b\u001b[2Jo\nb", "workspace": "alice", "address": "2001:db8::1", "status": "403", "path": "/x", "count": 12}
not an entry
{"time": 1, "event": "login"}
{"time": "2026-11-29T10:00:02.5Z", "event": "shared", "workspace": "alice", "port": "3000", "with": "team", "lost": 2, "more": ["x"]}
"#;
    let entries: Vec<Entry> = hostile.lines().filter_map(Entry::of).collect();
    let table = plain(&view::audit::table(&entries));
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 3, "{table}");
    assert!(
        lines[0].starts_with("TIME (UTC)           EVENT   PERSON"),
        "{table}"
    );
    assert!(
        lines[1].starts_with("2026-11-29 10:00:01  denied  "),
        "{table}"
    );
    assert!(
        lines[1].ends_with("alice      2001:db8::1  /x, 12 more"),
        "{table}"
    );
    assert!(
        lines[2].ends_with("port 3000 with team, 2 earlier entries are lost"),
        "{table}"
    );
    let json = write_json(&view::audit::to_json(&entries[1]));
    let json: String = json.split_whitespace().collect();
    assert_eq!(
        json,
        r#"{"time":"2026-11-29T10:00:02.5Z","event":"shared","workspace":"alice","lost":2,"more":"[\"x\"]","port":"3000","with":"team"}"#
    );
}

#[test]
fn times_are_ages_days_or_times() {
    for (text, expected) in [
        ("2h", "-7200"),
        ("2026-11-01", "2026-11-01"),
        ("2026-11-01T09:00Z", "2026-11-01T09:00"),
        ("2026-11-01 09:00:30", "2026-11-01T09:00:30"),
    ] {
        assert_eq!(Since::of(text), Some(Since(expected.to_owned())), "{text}");
    }
    for wrong in [
        "",
        "soon",
        "2026-11",
        "2026-11-01T09",
        "01.11.2026",
        "2026-11-01T09:00+01:00",
    ] {
        assert_eq!(Since::of(wrong), None, "{wrong}");
    }
}

#[test]
fn a_host_without_a_record_is_brought_up_to_date() {
    let missing = "bash: line 1: /usr/local/libexec/vsc/audit: No such file or directory";
    let failed = good(format!(
        "{{\"Status\": \"Failed\", \"StandardOutputContent\": \"\", \"StandardErrorContent\": \"{missing}\"}}"
    ));
    let reported =
        message(running_host([failed]).serve(|| run(&target(false), &named("team"), &query(1))));
    assert_eq!(
        reported,
        "the audit log of team cannot be read: the host has no such script yet\n= help: bring it up to date with `cargo run -- deploy team`"
    );
}
