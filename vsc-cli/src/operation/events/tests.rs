use super::*;
use crate::aws::scripted::{Aws, events, message, missing, stack, stacked, target};
use crate::terminal::{Terminal, heard};
use crate::view::event::print;

#[test]
fn times_are_read() {
    assert_eq!(ago("90s"), Some(Duration::from_secs(90)));
    assert_eq!(ago("2h"), Some(Duration::from_secs(7_200)));
    assert_eq!(ago("2 weeks"), None);
    assert_eq!(ago(""), None);
    assert_eq!(ago("é"), None);
    let Ok(time) = moment("2026-11-25T09:00:00Z") else {
        panic!("it is a time");
    };
    assert_eq!(crate::aws::event::timestamp(time), "2026-11-25T09:00:00Z");
}

const ALL: [(u32, &str, &str, &str); 4] = [
    (1, "team", "CREATE_IN_PROGRESS", ""),
    (2, "team", "CREATE_COMPLETE", ""),
    (3, "team", "UPDATE_IN_PROGRESS", ""),
    (4, "Host", "UPDATE_FAILED", "no"),
];

#[test]
fn the_last_operation_or_all_events_since_a_time_are_shown() {
    let third = moment("2026-11-25T09:03:00Z").expect("it is a time");
    for (since, minutes) in [
        (None, &["09:03", "09:04"][..]),
        (Some(third - 120), &["09:01", "09:02", "09:03", "09:04"]),
        (Some(third), &["09:03", "09:04"]),
        (Some(third + 1), &["09:04"]),
        (Some(third + 61), &[]),
    ] {
        for json in [false, true] {
            let aws = Aws::default()
                .answers("DescribeStacks", [stack("UPDATE_FAILED")])
                .answers("DescribeStackEvents", [events(&ALL)]);
            let found = aws.serve(|| list(&target(json), &stacked(|_| {}), since));
            let found = found.expect("they are answered");
            heard::take();
            assert!(print(&Terminal::default(), &found, json).is_ok());
            let reported = heard::take();
            assert_eq!(reported.starts_with('['), json, "{reported}");
            let found: Vec<&str> = ["09:01", "09:02", "09:03", "09:04"]
                .into_iter()
                .filter(|minute| reported.contains(minute))
                .collect();
            assert_eq!(found, minutes, "{reported}");
        }
    }
}

#[test]
fn following_ends_as_the_stack_does() {
    for (end, json, expected) in [
        (stack("UPDATE_COMPLETE"), true, ""),
        (stack("DELETE_COMPLETE"), false, ""),
        (missing(), false, ""),
        (
            stack("UPDATE_ROLLBACK_COMPLETE"),
            false,
            "team ended in UPDATE_ROLLBACK_COMPLETE\n= help: see why with `cargo run -- diagnose team`",
        ),
    ] {
        let aws = Aws::default()
            .answers(
                "DescribeStacks",
                [
                    stack("UPDATE_IN_PROGRESS"),
                    stack("UPDATE_IN_PROGRESS"),
                    end,
                ],
            )
            .answers(
                "DescribeStackEvents",
                [events(&ALL[..3]), events(&ALL[..3]), events(&ALL)],
            );
        heard::take();
        let result = aws.serve(|| follow(&target(json), &stacked(|_| {}), None));
        let reported = heard::take();
        let lines: Vec<&str> = reported.lines().collect();
        assert!(lines[0].contains("UPDATE_IN_PROGRESS"), "{reported}");
        assert!(
            lines.iter().all(|line| line.starts_with('{') == json),
            "{reported}"
        );
        match result {
            Ok(()) => assert_eq!(expected, ""),
            failure => {
                assert_eq!(message(failure), expected);
                assert_eq!(lines.len(), 2, "{reported}");
            }
        }
    }
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("UPDATE_IN_PROGRESS")])
        .answers("DescribeStackEvents", [events(&ALL[..3])])
        .interrupted_at("DescribeStackEvents");
    let result = aws.serve(|| follow(&target(false), &stacked(|_| {}), None));
    let reported = message(result);
    assert!(reported.starts_with("interrupted: "), "{reported}");
}

#[test]
fn a_duration_is_before_now() {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let now = i64::try_from(now.as_secs()).unwrap_or_default();
    for (text, seconds) in [("90s", 90), ("30m", 1_800), ("2h", 7_200), ("7d", 604_800)] {
        let found = moment(text).expect(text);
        assert!(
            (now - seconds..=now - seconds + 60).contains(&found),
            "{text}"
        );
    }
    for wrong in [
        "",
        "m",
        "1w",
        "-1m",
        "1",
        "99999999999999999999d",
        "18446744073709551615d",
    ] {
        let reported = message(moment(wrong));
        assert!(
            reported.starts_with(&format!("usage: invalid `--since {wrong}`\n= help: ")),
            "{reported}"
        );
    }
}
