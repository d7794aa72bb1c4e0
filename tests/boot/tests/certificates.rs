//! The script that keeps issued certificates outside of the host.

mod script;

use script::Script;
use serde_json::{Value, json};

/// The file of the proxy with certificates of these names.
fn issued(certificates: &[&[&str]]) -> Value {
    let certificates = certificates.iter().map(|names| {
        let mut domain = json!({ "main": names[0] });
        if names.len() > 1 {
            domain["sans"] = json!(names[1..]);
        }
        json!({ "domain": domain, "certificate": "AA==", "key": "AA==", "Store": "default" })
    });
    let certificates: Vec<Value> = certificates.collect();
    json!({ "letsencrypt": { "Account": { "Email": "ops@x.com" }, "Certificates": certificates } })
}

/// What is stored of certificates of these names, for a team of alice and bob; `None` if nothing is.
fn stored(certificates: &[&[&str]]) -> Option<Value> {
    let script = Script::new("store-certificates", &[]);
    script.write(
        "etc/host.env",
        "DOMAIN=code.x.com\nCERTIFICATES_SECRET=certificates\n",
    );
    script.write("lib/acme/acme.json", &issued(certificates).to_string());
    let copy = script.path("stored").display().to_string();
    script.write(
        "bin/retry",
        &format!("#!/bin/bash\nfor word; do case $word in file://*) cp \"${{word#file://}}\" {copy};; esac; done\n"),
    );
    let call = script.command("store-certificates", &[]).output();
    let call = call.expect("it runs");
    assert!(call.status.success(), "{call:?}");
    let text = script.read("stored")?;
    Some(serde_json::from_str(&text).expect("it is JSON"))
}

#[test]
fn the_certificates_of_the_team_are_kept() {
    let all = "*.code.x.com";
    let [alice, bob, carol] = [
        "*.alice.code.x.com",
        "*.bob.code.x.com",
        "*.carol.code.x.com",
    ];
    for (found, kept) in [
        (&[&[all][..]][..], &[&[all][..]][..]),
        (&[&[all], &[alice, bob]], &[&[all], &[alice, bob]]),
        // Bob joined, and has not got his yet.
        (&[&[all], &[alice]], &[&[all], &[alice]]),
        (&[&[alice], &[all], &[alice, bob]], &[&[all], &[alice, bob]]),
        // Carol left.
        (
            &[&[all], &[alice, bob, carol], &[alice, bob], &[carol]],
            &[&[all], &[alice, bob]],
        ),
        (&[&["*.other.com"], &[all]], &[&[all]]),
    ] {
        assert_eq!(stored(found), Some(issued(kept)), "{found:?}");
    }
    assert_eq!(stored(&[]), None);
}
