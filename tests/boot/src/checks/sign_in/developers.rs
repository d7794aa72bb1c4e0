//! Developers who sign in.

use serde_json::json;

use super::{Company, email, url};
use crate::browser::screenshot;
use crate::prepare;
use crate::scene::DASHBOARD_PORT;
use crate::team::DOMAIN;

/// The provider asks once for all names; each name lets in only its owner.
pub(crate) fn names(company: &Company<'_>) {
    let (alice, bob) = (url("alice"), url("bob"));
    let monitor = format!("https://monitor.{DOMAIN}:{DASHBOARD_PORT}/dashboard/");
    let link = format!("{alice}?folder=/home/coder&also=a%20b");
    let visits = company.open("alice", &[&link, &bob, &monitor]);
    assert_eq!(visits.status(0), 200, "{}", visits.text(0, "body"));
    assert_eq!(visits.text(0, "url"), link, "the link is kept");
    assert_eq!(visits.status(1), 403);
    let rejected = visits.text(1, "body");
    assert!(
        rejected.contains(&email("Alice")) && rejected.contains("Sign out"),
        "{rejected}"
    );
    assert_eq!(visits.status(2), 200);
    assert_eq!([0, 1, 2].map(|index| visits.prompts(index)), [1, 1, 1]);

    let visits = company.open("bob", &[&bob, &alice]);
    assert_eq!([0, 1].map(|index| visits.status(index)), [200, 403]);
    for subject in [
        "unproven", "longer", "spaced", "lined", "listed", "html", "nobody",
    ] {
        let visits = company.open(subject, &[&alice]);
        let body = visits.text(0, "body");
        assert!(!body.contains("workbench"), "{subject} is in: {body}");
        assert!(!body.contains("<img"), "{subject}: {body}");
    }
}

/// Chromium opens a workbench, whose terminal is a WebSocket; the other names ask for nothing.
pub(crate) fn browsers(company: &Company<'_>) {
    let monitor = format!("https://monitor.{DOMAIN}:{DASHBOARD_PORT}/dashboard/");
    let jobs = [
        json!({
            "kind": "work",
            "url": url("alice"),
            "subject": "alice",
            "line": "echo signed in on $(hostname) > ~/signed-in.txt; cat ~/signed-in.txt",
            "answer": "signed in on alice",
            "screenshot": screenshot("sign-in-workbench"),
        }),
        json!({
            "kind": "tour",
            "subject": "alice",
            "urls": [url("alice"), url("bob"), monitor],
            "screenshot": screenshot("sign-in-tour"),
        }),
    ];
    let results = company.browser.run("sign-in", &jobs);
    assert!(
        results.iter().all(|result| result["error"].is_null()),
        "{results:?}"
    );
    println!(
        "        the workbench opened in {} ms",
        results[0]["opened"]
    );
    let visits = &results[1]["visits"];
    let expected = [(200, true), (403, false), (200, false)];
    for (index, (status, asked)) in expected.into_iter().enumerate() {
        let visit = &visits[index];
        assert_eq!(
            (visit["status"].as_u64(), visit["asked"].as_bool()),
            (Some(status), Some(asked)),
            "{visits}"
        );
        assert_eq!(visit["cookie"], "", "a script reads the session: {visits}");
    }
    for (event, workspace) in [("login", "alice"), ("opened", "alice"), ("denied", "bob")] {
        company.until_recorded(event, "alice", workspace);
    }
}

/// WebKit, the engine of Safari and of every browser of iOS: it sends no basic credentials with a WebSocket.
pub(crate) fn webkit(company: &Company<'_>) {
    prepare::webkit();
    let names = ["alice", "bob", "monitor"];
    let task = json!({
        "address": super::ADDRESS,
        "domain": DOMAIN,
        "names": names,
        "authority": company.scene.certificates.authority,
        "browser": prepare::mini_browser(),
        "url": url("alice"),
        "subject": "alice",
        "line": "echo signed in with WebKit > ~/webkit.txt",
        "screenshot": screenshot("sign-in-webkit"),
    });
    let result = company.provider.script("webkit", &task).remove(0);
    assert!(result["error"].is_null(), "{result}");
    assert!(
        result["engine"]
            .as_str()
            .is_some_and(|name| name.contains("AppleWebKit") && !name.contains("Chrom")),
        "{result}"
    );
    assert_eq!(result["cookie"], "", "a script reads the session");
    let file = company.host.answer("cat /home/vsc/alice/webkit.txt");
    assert_eq!(file, "signed in with WebKit");
    println!("        the workbench opened in {} ms", result["opened"]);
}
