//! A changed team is applied in place.

use std::fs;

use serde_json::json;

use crate::report::seconds;
use crate::scene::Scene;
use crate::team::DOMAIN;
use crate::{wait, work_folder};

/// One user joins and one leaves, while another one has a workbench open.
pub(crate) fn team(scene: &Scene<'_>, stays: &str, leaves: &str, joins: &str) {
    let before = scene.workspaces();
    for user in [stays, leaves] {
        assert!(before.contains_key(user), "{user} is not there: {before:?}");
    }
    let (ready, stop) = (
        work_folder().join("stay.ready"),
        work_folder().join("stay.stop"),
    );
    for file in [&ready, &stop] {
        let _ = fs::remove_file(file);
    }
    let session = scene.browser.start(
        "stay",
        &[json!({
            "kind": "stay",
            "url": format!("https://{stays}.{DOMAIN}/"),
            "user": stays,
            "password": scene.password(stays),
            "ready": ready,
            "stop": stop,
        })],
    );
    wait(
        "a workbench to be open",
        std::time::Duration::from_secs(90),
        || ready.exists(),
    );
    let old_password = scene.password(leaves);
    // A server that is stopped hears no request to end.
    scene.host.answer(&format!(
        "docker exec vsc-{leaves} sh -c 'kill -STOP -1 2> /dev/null || true'; docker top vsc-{leaves} -o pid,stat | grep -q T"
    ));

    let took = scene.change(&[stays, joins], false);
    println!(
        "        cfn-hup had applied the change after {}",
        seconds(took)
    );
    let after = scene.workspaces();
    fs::write(&stop, "").expect("the file can be written");
    let session = session.results();

    assert_eq!(
        before.get(stays),
        after.get(stays),
        "the container of {stays} is another"
    );
    assert!(
        !after.contains_key(leaves),
        "{leaves} is still there: {after:?}"
    );
    assert!(after.contains_key(joins), "{joins} is not there: {after:?}");
    assert_ne!(session[0]["opened"], 0, "there was no session: {session:?}");
    assert_eq!(
        session[0]["closed"], 0,
        "the session of {stays} dropped: {session:?}"
    );

    assert!(
        scene.opens(joins, &scene.password(joins)),
        "{joins} does not get in"
    );
    let gone = scene.status(leaves, 443, Some((leaves, &old_password)));
    assert_eq!(gone, 404, "{leaves} gets an answer");
    let home = scene.host.shell(&format!(
        "ls /home/vsc/.homes/{leaves}.ext4 && ! mountpoint /home/vsc/{leaves}"
    ));
    assert!(
        home.success,
        "the home of {leaves} is gone, or still in use: {}{}",
        home.text, home.errors
    );
}

/// Who comes back finds the home as it was.
pub(crate) fn return_of(scene: &Scene<'_>, users: &[&str], returns: &str) {
    scene.change(users, true);
    assert!(
        scene.opens(returns, &scene.password(returns)),
        "{returns} does not get in"
    );
    let file = scene
        .host
        .answer(&format!("cat /home/vsc/{returns}/proof.txt"));
    assert_eq!(file, format!("written by {returns} on {returns}"));
}

/// cfn-init carried out once more changes nothing.
pub(crate) fn nothing(scene: &Scene<'_>) {
    const STATE: &str = "docker ps --no-trunc -q | sort; systemctl show --property=ExecMainStartTimestamp 'vsc-proxy*' 'vsc-workspace*' 'vsc-firewall*'; sha256sum /etc/vsc/proxy/logins/* /etc/vsc/proxy/routers/*.yaml; iptables-save | grep -E 'VSC|br-' | grep -v -- '-t nat' | sort | uniq -c";
    let before = scene.host.answer(STATE);
    // Only the last of these programs is asked how it ended.
    let containers = scene.host.containers().len();
    for (what, least) in [
        ("ExecMainStartTimestamp=", containers),
        ("/etc/vsc/proxy/logins/", 2),
        ("/etc/vsc/proxy/routers/", 2),
        (" br-", 1),
    ] {
        let lines = before.lines().filter(|line| line.contains(what)).count();
        assert!(lines >= least, "{what} is in {lines} lines:\n{before}");
    }
    let ids = before
        .lines()
        .filter(|line| line.len() == 64 && !line.contains(' '));
    assert_eq!(ids.count(), containers, "{before}");
    let took = scene.run_again();
    println!("        carried out once more in {}", seconds(took));
    assert_eq!(before, scene.host.answer(STATE));
}
