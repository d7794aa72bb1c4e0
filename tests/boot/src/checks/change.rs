//! A changed team is applied in place.

use std::fs;
use std::time::Duration;

use serde_json::json;
use vsc::team::Pin;

use crate::report::seconds;
use crate::scene::Scene;
use crate::team::{DOMAIN, STACK};
use crate::{team, wait, work_folder};

/// One user joins and one leaves, while another one has a workbench open.
pub(crate) fn team(scene: &Scene<'_>, stays: &str, leaves: &str, joins: &str) {
    let before = scene.workspaces();
    for user in [stays, leaves] {
        assert!(before.contains_key(user), "{user} is missing: {before:?}");
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
    wait("a workbench to be open", Duration::from_secs(90), || {
        ready.exists()
    });
    let old_password = scene.password(leaves);
    // A stopped server ignores the request to end.
    scene.host.answer(&format!(
        "docker exec vsc-{leaves} sh -c 'kill -STOP -1 2> /dev/null || true'; docker top vsc-{leaves} -o pid,stat | grep -q T"
    ));

    let took = scene.change(&[stays, joins], false);
    println!(
        "        the host had applied the change after {}",
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
    assert!(after.contains_key(joins), "{joins} is missing: {after:?}");
    assert_ne!(session[0]["opened"], 0, "there was no session: {session:?}");
    assert_eq!(
        session[0]["closed"], 0,
        "the session of {stays} dropped: {session:?}"
    );

    assert!(
        scene.opens(joins, &scene.password(joins)),
        "{joins} cannot log in"
    );
    let gone = scene.status(leaves, 443, Some((leaves, &old_password)));
    assert_eq!(gone, 404, "{leaves} gets a response");
    let home = scene.host.shell(&format!(
        "ls /home/vsc/.homes/{leaves}.ext4 && ! mountpoint /home/vsc/{leaves}"
    ));
    assert!(
        home.success,
        "the home of {leaves} is gone, or still in use: {}{}",
        home.text, home.errors
    );
}

/// A returning user finds the home unchanged, since that was asked for.
pub(crate) fn return_of(scene: &Scene<'_>, users: &[&str], returns: &str) {
    // The first user uses more than the share that each has in a larger team.
    let user = users[0];
    let hog = format!(
        "docker exec --detach vsc-{user} /usr/lib/code-server/node -e 'const hog = Buffer.alloc(2700000000, 1); setTimeout(() => hog, 600000)'"
    );
    scene.host.answer(&hog);
    let grown = format!(
        "[ $(numfmt --from=auto $(docker stats --no-stream --format '{{{{.MemUsage}}}}' vsc-{user} | sed 's/ .*//; s/B$//')) -gt 2600000000 ]"
    );
    scene
        .host
        .until("the memory to be used", Duration::from_secs(60), &grown);
    let before = scene.workspaces();
    scene
        .host
        .answer(&format!("touch /home/vsc/.homes/{returns}.return"));
    scene.change(users, true);
    let after = scene.workspaces();
    assert_eq!(
        before.get(user),
        after.get(user),
        "{user} was killed for using its memory"
    );
    let limit = scene.host.answer(&format!(
        "docker inspect --format '{{{{.HostConfig.Memory}}}}' vsc-{user}; docker top vsc-{user} | grep -c 'const hog' || true"
    ));
    let lines: Vec<&str> = limit.lines().collect();
    assert_eq!(lines[1], "1", "the memory was taken: {limit}");
    assert!(
        lines[0]
            .parse::<u64>()
            .is_ok_and(|limit| limit > 2_700_000_000),
        "{limit}"
    );
    scene
        .host
        .answer(&format!("systemctl restart vsc-workspace@{user}.service"));
    scene.until_open(user, 60);
    assert!(
        scene.opens(returns, &scene.password(returns)),
        "{returns} cannot log in"
    );
    let file = scene
        .host
        .answer(&format!("cat /home/vsc/{returns}/proof.txt"));
    assert_eq!(file, format!("written by {returns} on {returns}"));
}

/// A change that fails on the host and is rolled back, as CloudFormation does, leaves nothing.
pub(crate) fn rolled_back(scene: &Scene<'_>, users: &[&str], joins: &str) {
    const MISSING: &str = "codercom/code-server:0.0.0";
    const STATE: &str = "cat /etc/vsc/users; grep -h IMAGE= /etc/vsc/host.env; ls /etc/vsc/workspaces /etc/vsc/proxy/routers | grep -v '[.]bak$'; sed -n 1p /var/lib/vsc/applied; docker ps --no-trunc -q | sort";
    let apply = || {
        scene
            .host
            .shell("/usr/local/libexec/vsc/apply --if-changed")
    };
    let before = scene.host.answer(STATE);
    let image = Pin::WORKSPACE.image();
    let all: Vec<&str> = users.iter().copied().chain([joins]).collect();
    // A registry that has throttled the host is not asked again: it fails immediately.
    scene.host.answer(&format!(
        "echo 'toomanyrequests' > /run/vsc/later-$(printf %s {MISSING} | sha256sum | cut -c 1-16)"
    ));
    let broken = team::replaced(&team::template(&all), (image, MISSING));
    scene.cloud.deploy(STACK, &broken, &[]);
    assert!(!apply().success, "the image does not exist");
    let between = scene.host.answer(STATE);
    assert!(between.contains(joins), "{between}");
    assert!(between.contains(MISSING), "{between}");

    scene.cloud.deploy(STACK, &team::template(users), &[]);
    let ran = apply();
    assert!(ran.success, "{}{}", ran.text, ran.errors);
    assert_eq!(before, scene.host.answer(STATE));
    assert!(scene.opens(users[0], &scene.password(users[0])));
}

/// Running cfn-init again changes nothing.
pub(crate) fn nothing(scene: &Scene<'_>) {
    const STATE: &str = "docker ps --no-trunc -q | sort; systemctl show --property=ExecMainStartTimestamp 'vsc-proxy*' 'vsc-workspace*' 'vsc-firewall*' 'vsc-login*'; sha256sum /etc/vsc/logins/* /etc/vsc/login/*.conf /etc/vsc/login/passwords /etc/vsc/proxy/routers/*.yaml; iptables-save | grep -E 'VSC|br-' | grep -v -- '-t nat' | sort | uniq -c";
    let before = scene.host.answer(STATE);
    // Only the exit code of the last program is checked.
    let containers = scene.host.containers().len();
    for (what, least) in [
        ("ExecMainStartTimestamp=", containers),
        ("/etc/vsc/logins/", 2),
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
    println!("        ran again in {}", seconds(took));
    assert_eq!(before, scene.host.answer(STATE));
}
