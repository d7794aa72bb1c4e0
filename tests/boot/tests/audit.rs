//! The record of logins, `files/audit` of the host: whatever a client sends, each of its lines is an entry.

mod script;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use script::Script;
use serde_json::Value;
use vsc_tests::python::run;

/// The script in a folder of its own.
struct Audit {
    script: Script,
}

impl Audit {
    fn new() -> Self {
        Self::with(&[])
    }

    /// The script, in which these texts are replaced.
    fn with(replaced: &[(&str, &str)]) -> Self {
        let script = Script::new("audit", replaced);
        let cuts = script.path("cuts").display().to_string();
        script.write("bin/cut", &format!("#!/bin/sh\necho \"$*\" >> {cuts}\n"));
        Self { script }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        self.script.command("audit", arguments)
    }

    /// Starts it as the log of Apache.
    fn started(&self) -> Child {
        self.command(&["log"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("python runs")
    }

    /// Gives it lines, and waits for its end; returns its errors.
    fn log(&self, lines: &[u8]) -> String {
        let mut child = self.started();
        let mut input = child.stdin.take().expect("it is piped");
        input.write_all(lines).expect("it reads");
        drop(input);
        let output = child.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn add(&self, arguments: &[&str]) {
        run(&mut self.command(&[&["add"], arguments].concat()));
    }

    fn path(&self, index: usize) -> PathBuf {
        self.script.path(&match index {
            0 => "log/audit.jsonl".to_owned(),
            _ => format!("log/audit.{index}.jsonl"),
        })
    }

    /// All entries, from the oldest; each line has to be one.
    fn entries(&self) -> Vec<Value> {
        let files = (0..20)
            .rev()
            .filter_map(|index| fs::read(self.path(index)).ok());
        let text = files.collect::<Vec<_>>().concat();
        let text = String::from_utf8(text).expect("it is text");
        assert!(text.is_empty() || text.ends_with('\n'), "{text}");
        let entries = text.lines().map(|line| {
            assert!(line.is_ascii() && line.len() < 8_000, "{line}");
            let entry: Value = serde_json::from_str(line).expect("it is JSON");
            let event = entry["event"].as_str().expect("there is an event");
            assert!(
                ["login", "denied", "opened", "shared", "ended"].contains(&event),
                "{line}"
            );
            let time = entry["time"].as_str().expect("there is a time");
            assert!(time.len() == 27 && time.ends_with('Z'), "{time}");
            entry
        });
        entries.collect()
    }

    fn show(&self, arguments: &[&str]) -> Vec<String> {
        let output = run(&mut self.command(&[&["show"], arguments].concat()));
        let text = String::from_utf8(output.stdout).expect("it is text");
        text.lines().map(str::to_owned).collect()
    }

    /// The arguments with which `cut` was called.
    fn cuts(&self) -> String {
        self.script.read("cuts").unwrap_or_default()
    }
}

/// Waits until something holds.
fn wait(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(120), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// How many events the entries stand for.
fn events(entries: &[Value], event: &str) -> u64 {
    let of = entries.iter().filter(|entry| entry["event"] == event);
    of.map(|entry| entry["count"].as_u64().unwrap_or(1)).sum()
}

#[test]
fn an_entry_has_what_apache_logged() {
    let audit = Audit::new();
    let line = r#"login	alice	alice	203.0.113.7	status=302	path=/x?token=s3cret	agent=Moz\xc3\xa9\n\"x\"\\	other=1"#;
    audit.log(format!("{line}\n").as_bytes());
    let entries = audit.entries();
    let [entry] = entries.as_slice() else {
        panic!("{entries:?}");
    };
    for (key, value) in [
        ("event", "login"),
        ("person", "alice"),
        ("workspace", "alice"),
        ("address", "203.0.113.7"),
        ("status", "302"),
        ("path", "/x"),
        ("agent", "Mozé\n\"x\"\\"),
    ] {
        assert_eq!(entry[key], value, "{key}");
    }
    assert_eq!(entry.as_object().map(serde_json::Map::len), Some(8));
    let mode = fs::metadata(audit.path(0))
        .expect("it is there")
        .permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
}

#[test]
fn each_line_is_an_entry_whatever_a_client_sends() {
    let audit = Audit::new();
    let mut lines = Vec::new();
    let mut random = 1_u32;
    let mut next = || {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, byte, _, _] = random.to_be_bytes();
        byte
    };
    for number in 0..300 {
        lines.extend_from_slice(
            [&b"login\talice\t"[..], b"denied\t\xff\t", b"", b"\0\t"][number % 4],
        );
        let length = usize::from(next()) * if number % 50 == 0 { 400 } else { 1 };
        lines.extend((0..length).map(|_| match next() {
            b'\n' => b'\t',
            byte => byte,
        }));
        lines.push(b'\n');
    }
    lines.extend_from_slice(
        b"opened\talice\t{\"a\":\\x22\\u\\x\\\t999.1.1.1\tstatus\t=\t\tpath=\\x00\n",
    );
    lines.extend_from_slice(b"opened\tbob\tbob\t2001:db8::1\n");
    // The end of a log that is cut off is no entry.
    lines.extend_from_slice(b"opened\talice\tnobody\t::1");
    let errors = audit.log(&lines);
    assert_eq!(errors, "");
    let entries = audit.entries();
    assert!(events(&entries, "login") > 10, "{}", entries.len());
    let opened: Vec<_> = entries
        .iter()
        .filter(|entry| entry["event"] == "opened")
        .collect();
    assert_eq!(opened.len(), 2, "{opened:?}");
    assert_eq!(opened[0]["path"], "\0");
    assert_eq!(opened[0]["address"], Value::Null);
    assert_eq!(opened[1]["address"], "2001:db8::1");
    for entry in &entries {
        for (key, value) in entry.as_object().expect("it is an object") {
            let length = value.as_str().map_or(0, |text| text.chars().count());
            assert!(length <= 200, "{key}: {length}");
        }
    }
}

#[test]
fn a_password_in_the_field_of_the_name_is_not_recorded() {
    let audit = Audit::new();
    audit.log(b"submit\talice\tcorrect-horse\t::1\tstatus=401\nsubmit\talice\tbob\t::1\tstatus=401\nsubmit\talice\talice@x.com\t::1\tstatus=401\nsubmit\talice\talice\t::1\tstatus=302\ncheck\talice\tstranger@y.com\t::1\tstatus=403\ncheck\talice\t-\t::1\tstatus=401\n");
    let entries = audit.entries();
    let of = |entry: &Value| (entry["event"].to_string(), entry["person"].clone());
    let denied = |person: Value| ("\"denied\"".to_owned(), person);
    assert_eq!(
        entries.iter().map(of).collect::<Vec<_>>(),
        [
            denied(Value::Null),
            denied("bob".into()),
            denied("alice@x.com".into()),
            ("\"login\"".to_owned(), "alice".into()),
            // A company account that was proved, and has no workspace here.
            denied("stranger@y.com".into()),
        ]
    );
    assert_eq!(entries[0]["reason"], "unknown name");
}

#[test]
fn equal_events_are_counted_and_displace_no_others() {
    let audit = Audit::new();
    let lines = (0..5_000).map(|number| {
        format!(
            "denied\talice\tbob\t10.0.{}.{}\tstatus=302\n",
            number / 250,
            number % 250
        )
    });
    let mut lines: String = lines.collect();
    lines += &"opened\talice\talice\t::1\n".repeat(40);
    lines += "login\talice\talice\t::1\n";
    audit.log(lines.as_bytes());
    let entries = audit.entries();
    for (event, count, most) in [("denied", 5_000, 201), ("opened", 40, 2), ("login", 1, 1)] {
        assert_eq!(events(&entries, event), count, "{event}");
        let entries = entries.iter().filter(|entry| entry["event"] == event);
        assert_eq!(entries.count(), most, "{event}");
    }
}

#[test]
fn the_files_are_bounded() {
    let audit = Audit::with(&[("8 << 20", "2 << 10"), ("60, 200, 3600", "60, 9999, 3600")]);
    let lines = (0..400).map(|number| {
        format!(
            "login\talice\talice\t10.0.{}.{}\n",
            number / 200,
            number % 200
        )
    });
    let lines: String = lines.collect();
    audit.log(lines.as_bytes());
    let sizes = (0..20).filter_map(|index| fs::metadata(audit.path(index)).ok());
    let sizes: Vec<u64> = sizes.map(|file| file.len()).collect();
    assert_eq!(sizes.len(), 8, "{sizes:?}");
    assert!(
        sizes.iter().all(|size| (1..=2_048).contains(size)),
        "{sizes:?}"
    );
    let last = audit.entries().pop().expect("there are entries");
    assert_eq!(last["address"], "10.0.1.199");
}

#[test]
fn old_entries_are_removed() {
    let audit = Audit::new();
    audit.add(&["login", "alice", "alice", "::1"]);
    let new = fs::read_to_string(audit.path(0)).expect("it is there");
    let old = new.replace("\"time\": \"20", "\"time\": \"19");
    fs::write(audit.path(1), &old).expect("it can be written");
    fs::write(audit.path(0), format!("{old}not an entry\n{new}")).expect("it can be written");
    audit.add(&["login", "bob", "bob", "::1"]);
    // They are looked for once a day.
    assert!(audit.path(1).exists());
    fs::remove_file(audit.script.path("log/pruned")).expect("it is there");
    audit.add(&["ended", "bob", "bob", "::1"]);
    assert!(!audit.path(1).exists());
    let left: Vec<_> = audit
        .entries()
        .iter()
        .map(|entry| entry["event"].clone())
        .collect();
    assert_eq!(left, ["login", "login", "ended"]);
}

#[test]
fn what_a_power_failure_left_of_a_line_is_removed() {
    let audit = Audit::new();
    audit.add(&["login", "alice", "alice", "::1"]);
    let mut text = fs::read(audit.path(0)).expect("it is there");
    text.extend_from_slice(b"{\"time\": \"2026-11\0\0\0");
    fs::write(audit.path(0), text).expect("it can be written");
    audit.log(b"login\tbob\tbob\t::1\n");
    assert_eq!(audit.entries().len(), 2);
}

/// A file that may not grow is as good as a full disk.
#[test]
fn a_full_disk_leaves_whole_entries_and_their_number() {
    let audit = Audit::new();
    let mut child = audit.started();
    let id = child.id().to_string();
    let limit = |bytes: &str| {
        run(Command::new("prlimit").args(["--pid", &id, &format!("--fsize={bytes}:unlimited")]));
    };
    let mut input = child.stdin.take().expect("it is piped");
    let mut log = |number: usize| {
        let line = format!("login\talice\talice\t10.0.0.{number}\n");
        input.write_all(line.as_bytes()).expect("it reads");
    };
    log(0);
    wait("the first entry", || {
        audit.path(0).exists() && audit.entries().len() == 1
    });
    limit("300");
    (1..=9).for_each(&mut log);
    // It reads in order.
    let ended = "ended\talice\talice\t10.0.0.1\n";
    input.write_all(ended.as_bytes()).expect("it reads");
    wait("the cut", || audit.cuts() == "alice\n");
    assert_eq!(audit.entries().len(), 2);
    limit("unlimited");
    input
        .write_all(b"login\tbob\tbob\t::1\n")
        .expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        errors.lines().count() == 1 && errors.contains("audit.jsonl: "),
        "{errors}"
    );
    let last = audit.entries().pop().expect("there are entries");
    assert_eq!((&last["person"], &last["lost"]), (&"bob".into(), &9.into()));
}

#[test]
fn only_the_log_out_of_a_session_cuts_windows() {
    let audit = Audit::new();
    audit.log(b"logout\talice\t-\t::1\tstatus=307\nlogout\talice\talice\t::1\tstatus=401\nended\t../x\talice\t::1\nended\tcarol\tcarol\t::1\nlogin\tbob\tbob\t::1\nlogout\tbob\tbob\t::1\tstatus=307\n");
    assert_eq!(audit.cuts(), "bob\n");
    audit.add(&["ended", "alice", "alice", "-", "reason=revoked"]);
    assert_eq!(audit.cuts(), "bob\n");
    assert_eq!(audit.entries().len(), 6);
}

#[test]
fn an_end_by_a_signal_loses_no_entry() {
    for (signal, count) in [("TERM", 3), ("KILL", 2)] {
        let audit = Audit::new();
        let mut child = audit.started();
        let mut input = child.stdin.take().expect("it is piped");
        let lines = "opened\talice\talice\t::1\nopened\talice\talice\t::1\nopened\tbob\tbob\t::1\n";
        input.write_all(lines.as_bytes()).expect("it reads");
        wait("two entries", || {
            audit.path(0).exists() && audit.entries().len() == 2
        });
        run(Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]));
        child.wait().expect("it ends");
        // One more with the count of the repeated event.
        assert_eq!(audit.entries().len(), count, "{signal}");
    }
}

#[test]
fn several_writers_do_not_mix_their_entries() {
    let audit = Audit::with(&[
        ("8 << 20", "4 << 10"),
        ("FILES, SIZE = 8", "FILES, SIZE = 20"),
    ]);
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let audit = &audit;
            scope.spawn(move || {
                let lines = (0..60)
                    .map(|number| format!("login\tw{writer}\talice\t10.0.{writer}.{number}\n"));
                let lines: String = lines.collect();
                audit.log(lines.as_bytes());
            });
        }
        (0..10).for_each(|_| audit.add(&["shared", "bob", "bob", "-", "port=3000", "with=team"]));
    });
    let entries = audit.entries();
    assert_eq!(
        (events(&entries, "login"), events(&entries, "shared")),
        (240, 10)
    );
}

#[test]
fn the_newest_entries_are_shown() {
    let audit = Audit::new();
    let lines = (0..150).map(|number| {
        let user = ["alice", "bob"][number % 2];
        format!(
            "login\t{user}\t{user}\t10.0.0.{number}\tagent={}\n",
            "x".repeat(180)
        )
    });
    let mut lines: String = lines.collect();
    lines += "denied\tbob\talice@x.com\t::1\tstatus=403\n";
    audit.log(lines.as_bytes());
    let all = audit.entries();

    let shown = audit.show(&[]);
    let text = shown.join("\n");
    assert!(shown[0] == "more" && text.len() < 24_000, "{}", text.len());
    let parsed = |lines: &[String]| {
        let lines = lines.iter().filter(|line| *line != "more");
        let entries = lines.map(|line| serde_json::from_str::<Value>(line).expect("it is JSON"));
        entries.collect::<Vec<_>>()
    };
    let shown = parsed(&shown);
    assert_eq!(shown, all[all.len() - shown.len()..]);

    // The next page ends where this one begins.
    let oldest = shown[0]["time"].as_str().expect("there is a time");
    let before = parsed(&audit.show(&["-", "", oldest, "10"]));
    assert_eq!(
        before,
        all[all.len() - shown.len() - 10..all.len() - shown.len()]
    );

    let alices = parsed(&audit.show(&["alice", "", "", "1000"]));
    let is_hers = |entry: &Value| entry["person"] != "bob" && entry["workspace"] != "";
    assert!(alices.len() > 10 && alices.iter().all(is_hers));
    assert_eq!(
        alices.last().map(|entry| &entry["event"]),
        Some(&"denied".into())
    );
    assert_eq!(audit.show(&["-", "-3600", "", "3"]).len(), 4);
    assert_eq!(audit.show(&["-", "2999"]), [""; 0]);
    assert_eq!(audit.show(&["nobody"]), [""; 0]);
}
