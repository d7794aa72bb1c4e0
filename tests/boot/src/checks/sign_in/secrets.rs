//! No secret of the login leaks.

use serde_json::Value;

use super::{Company, STACK, url};
use crate::team::DOMAIN;
use crate::work_folder;

/// Searches for the secret of the client, the key of the sessions and a session wherever others could find them.
pub(crate) fn nowhere(company: &Company<'_>) {
    let host = &company.host;
    let alice = url("alice");
    let session = company
        .open("alice", &[&alice])
        .session(&format!("alice.{DOMAIN}"));
    let session = session
        .split_once('=')
        .map_or("", |(_, value)| value)
        .to_owned();
    let key = host.answer("sed -n 's/^OIDCCryptoPassphrase //p' /etc/vsc/login/provider");
    let secrets = [company.secret.clone(), key, session];
    assert!(
        secrets.iter().all(|secret| secret.len() > 20),
        "{:?}",
        secrets.each_ref().map(String::len)
    );
    let patterns = secrets.join("\n");

    let search = "grep -rlFf - /etc /run /var/log /var/lib/vsc /var/lib/cfn-init /var/lib/cloud /usr/local /root /tmp /var/tmp /home/vsc/.login 2> /dev/null | sed 's,/login[.][^/]*/,/login/,' | sort -u";
    let found = host.fed(search, &patterns);
    assert_eq!(found, "/etc/vsc/login/provider\n/etc/vsc/logins/provider");
    let modes = host.answer("stat -L -c '%a %U' /etc/vsc/login/provider /etc/vsc/logins/provider");
    assert_eq!(modes, "600 root\n600 root");
    let readable = host.answer("find -L /etc/vsc/login /etc/vsc/logins -perm /o=rwx; find /home/vsc/.login -mindepth 1 -maxdepth 2 -perm /o=rw; namei -m /etc/vsc/login/provider | grep -c '^ l' || true");
    assert!(!readable.contains('/'), "everybody reads {readable}");
    for (what, line) in [
        ("the journal", "journalctl --no-pager --output=export"),
        (
            "the arguments of processes",
            "cat /proc/[0-9]*/cmdline | tr '\\0' '\\n'",
        ),
        (
            "the environment of processes",
            "cat /proc/[0-9]*/environ | tr '\\0' '\\n'",
        ),
        ("docker inspect", "docker inspect $(docker ps -aq)"),
        ("systemctl", "systemctl show '*'"),
    ] {
        let lines = host.answer(&format!("({line}) 2> /dev/null | wc -l"));
        assert!(
            lines.parse::<u32>().is_ok_and(|lines| lines > 10),
            "{what}: {lines} lines"
        );
        let count = host.fed(
            &format!(
                "exec 3<&0; ({line}) 2> /dev/null < /dev/null 3<&- | grep -acFf /dev/fd/3 || true"
            ),
            &patterns,
        );
        assert_eq!(count, "0", "{what}");
    }
    // What the cloud and the pages show.
    let template = std::fs::read_to_string(work_folder().join(format!("{STACK}.template.json")))
        .expect("it was deployed");
    let reported = company.scene.cloud.reported(STACK);
    let pages = pages(company);
    for secret in &secrets {
        for (what, text) in [
            ("the template", &template),
            ("the metadata", &reported),
            ("a page", &pages),
        ] {
            assert!(!text.contains(secret.as_str()), "a secret is in {what}");
        }
    }
}

/// What the pages of the login, the dashboard and its API show.
fn pages(company: &Company<'_>) -> String {
    let (alice, monitor) = (
        url("alice"),
        format!("https://monitor.{DOMAIN}:{}", crate::scene::DASHBOARD_PORT),
    );
    let urls = [
        alice.clone(),
        url("bob"),
        format!("{alice}.login/"),
        format!("{alice}.login/logout"),
        format!("{alice}.login/out"),
        format!("{alice}.login/?failed"),
        format!("{alice}.login/callback?code=x&state=y"),
        format!("{alice}.login/callback?info=json"),
        format!("{monitor}/api/rawdata"),
        format!("{monitor}/api/http/middlewares"),
    ];
    let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
    let visits = company.open("alice", &urls);
    assert_eq!(visits.status(8), 200, "the API answers");
    let all: Vec<Value> = (0..urls.len())
        .map(|index| visits.text(index, "body").into())
        .collect();
    Value::from(all).to_string()
}
