//! The page of the operators: what it shows, and that nothing that a client or a program says becomes markup.

mod script;

use std::process::Command;

use script::Script;
use vsc_tests::python::run;

/// What a client calls itself.
const HOSTILE: &str = r#"<script>alert(1)</script>'\"><b>"#;

/// Writes the page of a host on which alice works, and bob's workspace has failed; returns its text.
fn page(script: &Script) -> String {
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", script.path("programs").display());
    run(script.command("page", &[]).env("PATH", path));
    script.read("lib/page/index.html").expect("it is written")
}

fn host() -> Script {
    let script = Script::new("page", &[]);
    let program = |name: &str, text: &str| script.write(name, &format!("#!/bin/sh\n{text}\n"));
    script.write(
        "etc/host.env",
        "STACK=acme-team\nWORKSPACE_IMAGE=x.com/ide:1\nPROXY_IMAGE=traefik:v3\nSECRET=hidden\n",
    );
    script.write(
        "etc/workspaces/alice.env",
        "ADDRESS=127.64.0.1\nMEMORY_LIMIT=2048\n",
    );
    script.write(
        "etc/workspaces/bob.env",
        "ADDRESS=127.64.0.2\nMEMORY_LIMIT=2048\n",
    );
    // Traefik keeps a connection to bob's, which nobody uses.
    program(
        "programs/ss",
        "echo '0 0 127.64.0.1:20000 127.0.0.1:5 cubic lastsnd:70000 lastrcv:900 x'
         echo '0 0 127.64.0.1:20000 127.0.0.1:6 cubic lastsnd:70000 lastrcv:80000'
         echo '0 0 127.64.0.2:20000 127.0.0.1:7 cubic lastsnd:70000 lastrcv:80000'",
    );
    program("programs/docker", "echo 'vsc-alice 812.5MiB / 2GiB'");
    program(
        "programs/systemctl",
        "case $2 in *alice*) echo active ;; *) echo failed ;; esac",
    );
    program(
        "bin/sessions",
        "echo alice alice 1795970000 1795980000; echo alice alice 1795960000 1795980000; echo monitor bob 1795960001 1795980000",
    );
    program(
        "bin/report",
        "cat << 'END'\ncertificate_until=2026-11-30T00:00:00Z\nrenewed=ok\nrenewed_at=2026-11-28T03:00:00Z\nupdated=<i>no</i> room\nupdated_at=2026-11-28T04:00:00Z\nfailure=ready: </td>\ndocker=active\nproxy=failed\ndisk=/ 43%\ndisk=/home/vsc 97%\napplied_at=2026-11-28T09:00:00Z\nEND",
    );
    let login = |second: u32, person: &str| {
        format!(
            "{{\"time\": \"2026-11-29T10:00:{second:02}.000000Z\", \"event\": \"login\", \"person\": \"{person}\", \"workspace\": \"alice\", \"address\": \"2001:db8::{second}\"}}\n"
        )
    };
    let denied = format!(
        "{{\"time\": \"2026-11-29T10:01:00.000000Z\", \"event\": \"denied\", \"person\": \"{HOSTILE}\", \"workspace\": \"bob\"}}\n"
    );
    script.write("log/audit.1.jsonl", &login(1, "alice"));
    script.write(
        "log/audit.jsonl",
        &format!("not an entry\n{}{denied}", login(2, "alice")),
    );
    script
}

/// The cells of the row that begins with a name, without markup.
fn row(page: &str, name: &str) -> Vec<String> {
    let begin = format!("<tr><th scope=\"row\">{name}</th>");
    let row = page.split(&begin).nth(1).expect("there is a row");
    let row = row.split("</tr>").next().expect("it ends");
    let cells = row.split("</td>").filter(|cell| !cell.is_empty());
    cells
        .map(|cell| cell.split_once('>').expect("it is a cell").1.to_owned())
        .collect()
}

#[test]
fn operators_see_who_is_in_and_what_needs_attention() {
    let host = host();
    let page = page(&host);
    let alice = row(&page, "alice");
    assert_eq!(alice[0], "runs");
    assert!(alice[1].starts_with("since 20"), "{alice:?}");
    assert_eq!(
        alice[2..5],
        [
            "2026-11-29 13:46",
            "2026-11-29 10:00 from 2001:db8::2",
            "812.5 MiB of 2.0 GiB"
        ]
    );
    assert_eq!(row(&page, "bob")[..3], ["failed", "no", "none"]);
    host.write("bin/report", "#!/bin/sh\necho revoked=alice\n");
    assert_eq!(row(&self::page(&host), "alice")[0], "revoked");
    for (name, value) in [
        ("Renewal of certificate and logins", "ok, 2026-11-28 03:00"),
        ("Proxy", "failed"),
        ("Team applied", "2026-11-28 09:00"),
        ("Image of the workspaces", "x.com/ide:1"),
        ("Image of the proxy", "traefik:v3"),
    ] {
        assert_eq!(row(&page, name), [value]);
    }
    assert!(row(&page, "Certificate")[0].starts_with("until 2026-11-30 00:00, "));
    assert!(
        page.contains("<td class=\"bad\">/home/vsc 97%</td>"),
        "{page}"
    );
    assert!(
        page.contains("<a href=\"/dashboard/\">")
            && page.contains("<code>vsc audit acme-team</code>")
    );
}

#[test]
fn nothing_that_a_client_says_becomes_markup() {
    let page = page(&host());
    for (text, escaped) in [
        (
            "<script",
            "&lt;script&gt;alert(1)&lt;/script&gt;&#x27;&quot;&gt;&lt;b&gt;",
        ),
        ("<i>", "&lt;i&gt;no&lt;/i&gt; room"),
        ("ready: </td>", "ready: &lt;/td&gt;"),
    ] {
        assert!(
            !page.contains(text) && page.contains(escaped),
            "{text}: {page}"
        );
    }
    assert!(!page.contains("hidden") && !page.contains("http"), "{page}");
}

#[test]
fn the_page_is_accessible() {
    let page = page(&host());
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
    for part in [
        "<title>Workspaces of acme-team</title>",
        "prefers-color-scheme: dark",
        "width=device-width",
        "<h1>",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let tables = page.matches("<table>").count();
    assert_eq!(tables, 3);
    assert_eq!(
        page.matches("role=\"region\" aria-label=\"").count(),
        tables
    );
    assert_eq!(page.matches("scope=\"col\"").count(), 7 + 5);
}

#[test]
fn the_time_since_when_a_workspace_is_in_use_stays() {
    let host = host();
    page(&host);
    let state = host.read("lib/page/state").expect("it is written");
    assert!(state.starts_with("{\"alice\": \"20"), "{state}");
    host.write(
        "lib/page/state",
        "{\"alice\": \"2026-11-01 07:00\", \"bob\": \"2026-11-01 07:00\"}",
    );
    assert_eq!(row(&page(&host), "alice")[1], "since 2026-11-01 07:00");
    assert_eq!(row(&page(&host), "bob")[1], "no");
    host.write("lib/page/state", "broken");
    assert!(row(&page(&host), "alice")[1].starts_with("since 20"));
}

#[test]
fn a_host_without_anything_has_a_page() {
    let host = Script::new("page", &[]);
    for name in [
        "bin/report",
        "bin/sessions",
        "programs/docker",
        "programs/ss",
        "programs/systemctl",
    ] {
        host.write(name, "#!/bin/sh\nexit 1\n");
    }
    let page = page(&host);
    assert_eq!(row(&page, "alice")[..3], ["unknown", "no", "none"]);
    assert_eq!(row(&page, "Last boot").len(), 1);
    let parses = "import html.parser, sys; html.parser.HTMLParser().feed(open(sys.argv[1]).read())";
    run(Command::new("python3")
        .args(["-c", parses])
        .arg(host.path("lib/page/index.html")));
}
