//! From the outside nothing responds without a login.

use crate::scene::Scene;
use crate::team::DOMAIN;

/// Only the proxy's ports are open, and they show nothing, for any host name.
pub(crate) fn nothing_without_login(scene: &Scene<'_>, user: &str) {
    let listening = scene.host.answer(
        "ss --no-header --listening --tcp --numeric | awk '{print $4}' | grep -v '^127\\.' | grep -v '^\\[::1\\]' | sed 's/.*://' | sort -nu | paste -sd,",
    );
    assert_eq!(listening, "80,443,8090");
    let hosts = [
        format!("{user}.{DOMAIN}"),
        format!("monitor.{DOMAIN}"),
        format!("nobody.{DOMAIN}"),
        DOMAIN.to_owned(),
        "localhost".to_owned(),
        "127.0.0.1".to_owned(),
        "10.213.7.10".to_owned(),
        "traefik".to_owned(),
    ];
    let paths = [
        "/",
        "/healthz",
        "/ping",
        "/api/rawdata",
        "/api/version",
        "/dashboard/",
        "/metrics",
        "/debug/vars",
    ];
    for (scheme, port) in [("http", 80), ("https", 443), ("https", 8090)] {
        for host in &hosts {
            for path in paths {
                let ran = std::process::Command::new("curl")
                    .args([
                        "-sk",
                        "--max-time",
                        "10",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                    ])
                    .args(["--connect-to", "::10.213.7.10:", "-H"])
                    .arg(format!("Host: {host}"))
                    .arg(format!("{scheme}://{host}:{port}{path}"))
                    .output()
                    .expect("curl runs");
                let status = String::from_utf8_lossy(&ran.stdout).into_owned();
                let is_ours = host.ends_with(&format!(".{DOMAIN}"));
                let wanted: &[&str] = if port == 80 && is_ours {
                    &["301", "308"]
                } else {
                    &["401", "404", "421"]
                };
                assert!(
                    wanted.contains(&status.as_str()),
                    "{scheme} {host}:{port}{path}: {status}"
                );
            }
        }
    }
}
