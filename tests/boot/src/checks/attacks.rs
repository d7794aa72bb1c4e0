//! Attacks of strangers, colleagues and other sites.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::scene::{ADDRESS, DASHBOARD_PORT, Scene};
use crate::session::{attempt, request};
use crate::team::DOMAIN;
use crate::{files, piped, wait};

/// The result of parallel requests: the counts of their statuses, and the output.
struct Asked {
    statuses: BTreeMap<String, usize>,
    text: String,
}

/// Requests a page, this many times in parallel, with the cookie of a session and additional headers.
fn ask(scene: &Scene<'_>, url: &str, cookie: &str, headers: &[&str], times: usize) -> Asked {
    let mut options = format!(
        "{}parallel\nparallel-max = 50\nsilent\nno-progress-meter\ninclude\nmax-time = 60\nwrite-out = \"\\nstatus=%{{http_code}}\\n\"\nheader = \"Cookie: {cookie}\"\n",
        scene.reach(url)
    );
    for header in headers {
        // Writing into a string cannot fail.
        _ = writeln!(options, "header = \"{header}\"");
    }
    for _ in 0..times {
        _ = writeln!(options, "url = \"{url}\"");
    }
    let (_, text) = piped(Command::new("curl").args(["--config", "-"]), &options);
    let mut statuses = BTreeMap::new();
    for status in text.lines().filter_map(|line| line.strip_prefix("status=")) {
        *statuses.entry(status.to_owned()).or_default() += 1;
    }
    Asked { statuses, text }
}

fn page(user: &str) -> String {
    format!("https://{user}.{DOMAIN}:443/")
}

/// The dashboard's API shows where logins are checked, and no hash.
pub(crate) fn dashboard_without_hashes(scene: &Scene<'_>, user: &str) {
    let origin = format!("https://monitor.{DOMAIN}:{DASHBOARD_PORT}");
    let cookie = scene.cookie(&origin, (user, &scene.password(user)));
    for path in ["http/middlewares", "rawdata"] {
        let url = format!("{origin}/api/{path}?per_page=100");
        let answer = ask(scene, &url, &cookie, &[], 1).text;
        assert!(answer.contains("http://127.128.0.1:4180/"), "{answer}");
        assert!(!answer.contains("$2"), "a hash is in {path}: {answer}");
    }
}

/// 100 wrong passwords from an address are slowed down to 5 a minute; at the same time a colleague signs in from
/// it, and a session of the same user works.
pub(crate) fn guessing(scene: &Scene<'_>, user: &str, colleague: &str) {
    let (page, other) = (page(user), page(colleague));
    let password = scene.password(colleague);
    let cookie = scene.cookie(&page, (user, &scene.password(user)));
    let options = scene.reach(&page);
    let started = std::time::Instant::now();
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for number in 0..100 {
        let origin = page.trim_end_matches('/');
        let guess = attempt(&options, origin, (user, &format!("wrong{number}")));
        *statuses.entry(guess.err().unwrap_or(200)).or_default() += 1;
        if number == 50 {
            scene.cookie(&other, (colleague, &password));
            assert!(matches!(request(&options, &page, &cookie).0, 200 | 302));
        }
    }
    let took = started.elapsed();
    println!("        100 guesses in {took:?}: {statuses:?}");
    let tried = statuses.get(&401).copied().unwrap_or_default();
    let allowed = 6 + took.as_secs() / 12;
    assert!(tried as u64 <= allowed, "{statuses:?}");
    assert_eq!(tried + statuses.get(&429).copied().unwrap_or_default(), 100);
}

/// A page of another site, also of a colleague, can link to a workspace and nothing else.
pub(crate) fn other_sites(scene: &Scene<'_>, user: &str) {
    let cookie = scene.cookie(&page(user), (user, &scene.password(user)));
    let status = |headers: &[&str]| {
        let asked = ask(scene, &page(user), &cookie, headers, 1);
        asked.statuses.keys().next().cloned().unwrap_or_default()
    };
    let followed = [
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Mode: navigate",
        "Sec-Fetch-Dest: document",
    ];
    for headers in [
        &[][..],
        &["Sec-Fetch-Site: same-origin"],
        &["Sec-Fetch-Site: none"],
        &followed,
    ] {
        let status = status(headers);
        assert!(
            matches!(status.as_str(), "200" | "302"),
            "{headers:?}: {status}"
        );
    }
    for headers in [
        &["Sec-Fetch-Site: cross-site"][..],
        &["Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"],
        &[followed[0], followed[1], "Sec-Fetch-Dest: iframe"],
    ] {
        assert_eq!(status(headers), "404", "{headers:?}");
    }
    let answer = ask(scene, &page(user), &cookie, &[], 1).text;
    assert!(
        answer
            .to_lowercase()
            .contains("x-frame-options: sameorigin"),
        "{answer}"
    );
}

/// Clients without a login that send headers and never end. The proxy stays below its limit, and a
/// developer can work.
pub(crate) fn slow_clients(scene: &Scene<'_>, user: &str) {
    // IPv6 clients are counted as well, by network.
    let rules = scene.host.answer(
        "ip6tables --check INPUT --protocol tcp --syn --jump VSC-CLIENTS && ip6tables-save | grep connlimit",
    );
    assert_eq!(rules.matches("--connlimit-mask 64").count(), 1, "{rules}");
    let container = |scene: &Scene<'_>| {
        scene
            .host
            .containers()
            .into_iter()
            .find(|(name, _)| name == "vsc_proxy")
    };
    let before = container(scene);
    assert!(before.is_some(), "the proxy runs");
    let mut clients = Command::new("python3")
        .arg(files().join("slow.py"))
        .args([ADDRESS, "443", &format!("{user}.{DOMAIN}"), "2000", "30"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    let mut most = 0;
    let password = scene.password(user);
    let mut opened = 0;
    while clients.try_wait().expect("it can be waited for").is_none() {
        let used = scene.host.answer(
            "numfmt --from=auto $(docker stats --no-stream --format '{{.MemUsage}}' vsc_proxy | sed 's/ .*//; s/B$//')",
        );
        most = most.max(used.parse::<u64>().unwrap_or_default());
        if scene.opens(user, &password) {
            opened += 1;
        }
    }
    let output = clients.wait_with_output().expect("it has ended");
    let reported = String::from_utf8_lossy(&output.stdout).into_owned();
    println!(
        "        {}, the proxy took {} MiB at the most, {opened} pages opened the while",
        reported.trim(),
        most >> 20
    );
    assert!(reported.contains("2000 connected"), "{reported}");
    assert!(most < 448 << 20, "{most}");
    assert!(opened > 2, "{opened}");
    assert_eq!(container(scene), before, "the proxy crashed");
}

/// The output of a workspace evicts only log lines of workspaces.
pub(crate) fn flood(scene: &Scene<'_>, user: &str) {
    let host = &scene.host;
    let first = host.answer("journalctl --unit vsc-proxy --output cat | head -n 1");
    assert!(!first.is_empty());
    host.answer(&format!(
        "docker exec vsc-{user} sh -c 'yes a flood of lines | head -c 100000000 > /proc/1/fd/1'"
    ));
    host.until(
        "the flood to be dropped",
        Duration::from_secs(60),
        &format!("journalctl --namespace workspaces --unit vsc-workspace@{user} --output cat | grep -q 'a flood of lines'"),
    );
    let kept = host.answer(&format!(
        "journalctl --namespace workspaces --unit vsc-workspace@{user} --output cat | grep -c 'a flood of lines'"
    ));
    assert!(
        kept.parse::<u32>().is_ok_and(|kept| kept < 20_000),
        "{kept}"
    );
    assert_eq!(
        host.answer("journalctl --output cat | grep -c 'a flood of lines' || true"),
        "0"
    );
    assert_eq!(
        host.answer("journalctl --unit vsc-proxy --output cat | head -n 1"),
        first
    );
}

/// Each workspace is a separate user of the kernel, with a name.
pub(crate) fn own_accounts(scene: &Scene<'_>, users: [&str; 2]) {
    let host = &scene.host;
    let numbers = users.map(|user| {
        let said = host.answer(&format!(
            "docker exec vsc-{user} sh -c 'id -un; id -u; stat -c %u ~; git -C ~ init -q trial && rm -r ~/trial && echo works'"
        ));
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!((lines[0], lines[3]), ("coder", "works"), "{said}");
        assert_eq!(lines[1], lines[2], "the home is its owner's: {said}");
        lines[1].to_owned()
    });
    assert_ne!(numbers[0], numbers[1]);
    // `tail` reports when no more watches are available.
    let most = host.answer("cat /proc/sys/fs/inotify/max_user_instances");
    let watch = |user: &str, times: &str| {
        host.answer(&format!(
            "docker exec vsc-{user} sh -c 'for i in $(seq {times}); do timeout 10 tail -F /etc/hostname > /tmp/lines 2>> /tmp/watched & done; sleep 6; grep -c inotify /tmp/watched || true; rm /tmp/watched'"
        ))
    };
    if most.parse::<u32>().is_ok_and(|most| most < 600) {
        std::thread::scope(|scope| {
            let taken = scope.spawn(|| watch(users[0], &format!("$(({most} + 20))")));
            std::thread::sleep(Duration::from_secs(4));
            assert_eq!(watch(users[1], "1"), "0", "no watches are left");
            assert_ne!(taken.join().expect("it ends"), "0", "all were taken");
        });
    }
}

/// A workspace has its share of the disk and of the connections.
pub(crate) fn shares(scene: &Scene<'_>, user: &str) {
    let host = &scene.host;
    let limits = host.answer(&format!(
        "docker inspect --format '{{{{json .HostConfig.BlkioDeviceWriteBps}}}} {{{{json .HostConfig.BlkioDeviceReadIOps}}}}' vsc-{user}"
    ));
    assert!(
        limits.contains("67108864") && limits.contains("1500"),
        "{limits}"
    );
    let written = host.answer(&format!(
        "docker exec vsc-{user} sh -c 'dd if=/dev/zero of=big bs=4M count=100 oflag=direct 2>&1 | tail -n 1; rm big'"
    ));
    println!("        {written}");
    let seconds = written
        .split(", ")
        .find_map(|part| part.strip_suffix(" s"))
        .and_then(|seconds| seconds.parse::<f64>().ok());
    assert!(seconds.is_some_and(|seconds| seconds > 4.0), "{written}");

    // Its connections are limited, and those of others are not.
    host.answer(&format!(
        "docker exec --detach vsc-{user} /usr/lib/code-server/node -e 'let n = 0; for (let i = 0; i < 2300; i++) {{ const s = require(\"net\").connect(5000, \"198.51.100.2\"); s.on(\"connect\", () => require(\"fs\").writeFileSync(\"/tmp/n\", String(++n))); s.on(\"error\", () => {{}}); }} setTimeout(() => process.exit(), 25000)'"
    ));
    let count = || {
        let said = host.shell(&format!("docker exec vsc-{user} cat /tmp/n"));
        said.text.trim().parse::<u32>().unwrap_or_default()
    };
    wait("connections", Duration::from_secs(20), || count() > 500);
    std::thread::sleep(Duration::from_secs(5));
    let open = count();
    println!("        {open} of 2300 requested connections");
    assert!((500..=2001).contains(&open), "{open}");
}
