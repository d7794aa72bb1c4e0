//! The homes of a host on real file systems: what is promised is there, and nothing is lost, wherever a
//! script is killed. It needs root, and runs by `tests/boot/homes`.

mod stand_in;

use std::fmt::Write as _;

use stand_in::{Disk, Host, text};

/// The scripts that mount the volume and the home of a user.
const HOMES: &str = "/usr/local/libexec/vsc/homes";
const HOME: &str = "/usr/local/libexec/vsc/home";
const DEPARTED: &str = "/usr/local/libexec/vsc/departed";
const UNMOUNT: &str = "/usr/local/libexec/vsc/unmount-homes";

/// The number of kills that one in so many commands is chosen for.
fn stride() -> usize {
    match std::env::var("VSC_FAULTS").as_deref() {
        Ok("all") => 1,
        _ => 9,
    }
}

/// Mounts the homes of these users with a share in MiB.
fn mount(users: &[&str], share: u64) -> String {
    let mut line = HOMES.to_owned();
    for (index, user) in users.iter().enumerate() {
        // Writing into a string cannot fail.
        _ = write!(line, " && {HOME} {user} {share} {}", 20_000 + index);
    }
    line
}

/// Kills a shell line before each of its commands, or a sample of them: `prepare` makes the host, `line` is
/// killed and then runs to its end, after a boot if the power failed as well, and `check` looks at the result.
fn killed_everywhere<T>(
    what: &str,
    boot: &str,
    line: &str,
    mut prepare: impl FnMut() -> (Host, T),
    mut check: impl FnMut(&mut Host, &T, u32),
) {
    let mut faults = 0;
    for at in (1..).step_by(stride()) {
        let (mut host, state) = prepare();
        let was_killed = host.killed_at(at, line);
        if was_killed {
            faults += 1;
            // Half of the time the power fails as well.
            if at % 2 == 0 {
                host.reboot();
                host.ok(boot);
            }
            host.ok(line);
        }

        check(&mut host, &state, at);
        if !was_killed {
            break;
        }
    }
    println!("{what}: killed {faults} times, nothing is lost");
    assert!(faults >= 60 / stride(), "{what}: only {faults} faults");
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn a_new_volume_is_formatted_once() {
    killed_everywhere(
        "a new volume",
        "true",
        &mount(&["alice", "bob"], 48),
        || {
            let host = Host::new(&["alice", "bob"]);
            let volume = Disk::new(host.folder(), "volume", 1024);
            host.attach(&volume, 1);
            (host, volume)
        },
        |host, volume, _| {
            host.attach(volume, 1);
            host.ok("echo kept > /home/vsc/alice/file; [ $(stat -c %u /home/vsc/bob) = 20001 ]");
            host.ok(&format!(
                "{} && grep -qx kept /home/vsc/alice/file",
                mount(&["alice", "bob"], 48)
            ));
            // Everything is reserved.
            host.ok("[ $(($(stat -c %b /home/vsc/.homes/alice.ext4) / 2048)) -ge 48 ]");
            host.ok(UNMOUNT);
            host.ok("! mountpoint -q /home/vsc");
            volume.assert_clean();
        },
    );
}

/// A host with homes on its root volume, and a volume that it gets.
fn moving() -> (Host, Disk) {
    let host = Host::new(&["alice", "bob"]);
    host.ok(&mount(&["alice", "bob"], 48));
    host.ok("for user in alice bob; do
           head -c 5000000 /dev/urandom > /home/vsc/$user/data; sha256sum /home/vsc/$user/data
         done > /state/sums");
    // Homes from before their space was reserved.
    host.ok(&format!(
        "{UNMOUNT}; cp --sparse=always /home/vsc/.homes/bob.ext4 /home/vsc/bob.new; mv /home/vsc/bob.new /home/vsc/.homes/bob.ext4; {HOME} bob 48 20001; {HOME} alice 48 20000"
    ));
    let volume = Disk::new(host.folder(), "volume", 1024);
    host.attach(&volume, 1);
    (host, volume)
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn homes_move_from_the_root_volume() {
    killed_everywhere(
        "a move from the root volume",
        "true",
        &mount(&["alice", "bob"], 48),
        moving,
        |host, volume, _| {
            host.ok("sha256sum --check --status /state/sums");
            host.ok("findmnt --noheadings --output SOURCE --mountpoint /home/vsc | grep -qx $(readlink /dev/sdf)");
            // The originals are kept for a week.
            host.ok(
                "cmp $(ls -d /var/lib/vsc/moved-homes.*)/alice.ext4 /dev/null 2>&1 | grep -q EOF",
            );
            host.ok(UNMOUNT);
            volume.assert_clean();
        },
    );
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn what_is_written_during_an_interrupted_move_is_not_lost() {
    let (mut host, volume) = moving();
    let line = mount(&["alice", "bob"], 48);
    // Both copies are there, and do not count yet.
    let mut at = 60;
    while host.sh("ls /home/vsc/.homes/alice.ext4").status.success() {
        assert!(host.killed_at(at, HOMES), "it ends before");
        at += 2;
        host.reboot();
        let volume = "mkdir -p /run/seen; mount -o ro /dev/sdf /run/seen && ls /run/seen/.homes; umount /run/seen";
        if host
            .sh(volume)
            .stdout
            .windows(8)
            .any(|text| text == b"bob.ext4")
        {
            break;
        }
    }
    host.ok(&format!("mv /dev/sdf /dev/sdf.late; : > /etc/vsc/host.env; {line}; echo late > /home/vsc/alice/late; {UNMOUNT}"));
    host.attach(&volume, 1);
    host.ok(&line);
    host.ok("grep -qx late /home/vsc/alice/late && sha256sum --check --status /state/sums");
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn homes_that_do_not_fit_do_not_move() {
    let (host, _) = moving();
    let small = Disk::new(host.folder(), "small", 64);
    host.attach(&small, 0);
    host.ok("echo vsc-workspace@alice.service > /state/units");
    let message = host.fails(HOMES);
    assert!(
        message.contains("declare home_volume = \"1 GiB\""),
        "{message}"
    );
    // Nobody was disturbed.
    host.ok("! grep -q '^stop' /state/systemctl; sha256sum --check --status /state/sums");

    // Another volume has homes already.
    let other = Disk::new(host.folder(), "other", 1024);
    host.ok(&format!("mkfs.ext4 -q -L vsc-homes {0}; mount {0} /mnt; mkdir /mnt/.homes; echo one > /mnt/.homes/carol.ext4; umount /mnt", other.device));
    host.attach(&other, 1);
    let message = host.fails(HOMES);
    assert!(
        message.contains("on the root volume and on the home volume"),
        "{message}"
    );
    host.ok("! grep -q '^stop' /state/systemctl; sha256sum --check --status /state/sums");
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn other_data_is_not_formatted() {
    let host = Host::new(&["alice"]);
    for (what, fill) in [
        ("another label", "mkfs.ext4 -q -L other $DEVICE"),
        ("no label", "mkfs.ext4 -q $DEVICE"),
        ("a swap area", "mkswap -q $DEVICE"),
        (
            "a partition table",
            "printf '\\0\\0\\0\\0\\203\\0\\0\\0\\0\\10\\0\\0\\0\\20\\0\\0' | dd of=$DEVICE bs=1 seek=446 conv=notrunc status=none; printf '\\125\\252' | dd of=$DEVICE bs=1 seek=510 conv=notrunc status=none",
        ),
        (
            "unknown data",
            "head -c 100000 /dev/urandom | dd of=$DEVICE bs=4k seek=20 conv=notrunc status=none",
        ),
        (
            "a damaged volume of homes",
            "mkfs.ext4 -q -L vsc-homes $DEVICE; dd if=/dev/zero of=$DEVICE bs=4k count=1 conv=notrunc status=none",
        ),
    ] {
        let volume = Disk::new(host.folder(), "volume", 256);
        host.attach(&volume, 0);
        host.ok(&format!(
            "DEVICE={}; {fill}; sync; sha256sum $DEVICE > /state/before",
            volume.device
        ));
        let message = host.fails(HOMES);
        assert!(message.contains("is not formatted"), "{what}: {message}");
        host.ok("sha256sum --check --status /state/before");
        host.detach();
    }
    // The next host continues with what was half formatted, and never had a home.
    let volume = Disk::new(host.folder(), "volume", 256);
    host.attach(&volume, 0);
    host.ok(&format!("mkfs.ext4 -q -L vsc-homes-new {}", volume.device));
    host.ok(&mount(&["alice"], 48));
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn a_full_home_does_not_affect_others() {
    let users = ["alice", "bob", "carol"];
    let host = Host::new(&users);
    let volume = Disk::new(host.folder(), "volume", 512);
    host.attach(&volume, 0);
    host.ok(&mount(&users, 100));
    host.ok("for user in bob carol; do (for i in $(seq 40); do head -c 2000000 /dev/urandom > /home/vsc/$user/$i || exit 1; sync /home/vsc/$user/$i; done; echo $? > /state/$user) & done; dd if=/dev/zero of=/home/vsc/alice/full bs=1M status=none 2> /state/full; wait");
    assert!(host.ok("cat /state/full").contains("No space left"));
    assert_eq!(host.ok("cat /state/bob /state/carol"), "0\n0");
    // Larger shares, one of which no longer fits the disk; then smaller ones.
    let said = host.sh(&mount(&users, 140));
    assert!(said.status.success(), "{}", text(&said));
    let said = host.sh(&mount(&users, 200));
    assert!(said.status.success(), "{}", text(&said));
    let message = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(
        message.contains("needs") && message.contains("declare home_volume ="),
        "{message}"
    );
    host.ok(&mount(&users, 50));
    host.ok("for image in /home/vsc/.homes/*.ext4; do [ $(($(stat -c %b $image) / 2048)) -ge 100 ] || exit 1; done");
    // Everybody can fill what is promised.
    host.ok("for user in bob carol; do dd if=/dev/zero of=/home/vsc/$user/full bs=1M status=none 2> /state/$user; grep -q 'No space left' /state/$user && sync -f /home/vsc/$user || exit 1; done");
    host.ok("! dmesg | tail -n 50 | grep -E 'I/O error|Remounting filesystem read-only|Aborting journal'");
    host.ok(UNMOUNT);
    volume.assert_clean();
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn a_newcomer_that_does_not_fit_fails_alone() {
    let users = ["alice", "bob", "carol"];
    let host = Host::new(&users);
    let volume = Disk::new(host.folder(), "volume", 256);
    host.attach(&volume, 0);
    host.ok(&mount(&users[..2], 100));
    let message = host.fails(&format!("{HOME} carol 100 20002"));
    assert!(
        message.starts_with("the home of carol needs 100 MiB more, and its disk has "),
        "{message}"
    );
    assert!(message.contains("declare home_volume = \""), "{message}");
    host.ok("! ls /home/vsc/.homes/carol*; mountpoint -q /home/vsc/alice");
    host.ok(&mount(&users[..2], 100));

    // What sparse homes of an earlier version were promised is not given to somebody else.
    let host = Host::new(&users);
    let volume = Disk::new(host.folder(), "volume", 256);
    host.attach(&volume, 0);
    host.ok(&format!("{HOMES}; mkdir -p /home/vsc/.homes; truncate -s 150M /home/vsc/.homes/alice.ext4; mkfs.ext4 -q /home/vsc/.homes/alice.ext4"));
    let message = host.fails(&format!("{HOME} carol 100 20002"));
    assert!(
        message.contains("the home of carol needs 100 MiB more"),
        "{message}"
    );
    host.ok(&mount(&["alice"], 150));
    host.ok("[ $(($(stat -c %b /home/vsc/.homes/alice.ext4) / 2048)) -ge 150 ]");
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn a_home_is_checked_once_at_a_time() {
    let host = Host::new(&["alice"]);
    let volume = Disk::new(host.folder(), "volume", 256);
    host.attach(&volume, 0);
    host.ok(&format!(
        "{} && echo kept > /home/vsc/alice/file && umount /home/vsc/alice",
        mount(&["alice"], 48)
    ));
    // A check that takes its time, while the unit of the home and a change of the team both want it.
    host.write(
        "/opt/stub/e2fsck",
        "#!/bin/bash\necho begins >> /state/checks\n! mountpoint -q /home/vsc/alice || echo mounted >> /state/checks\n/bin/sleep 1\nexec /sbin/e2fsck \"$@\"\n",
        0o755,
    );
    host.ok(&format!(
        "for _ in 1 2 3; do {HOME} alice 48 20000 & done; wait -n && wait -n && wait -n"
    ));
    assert_eq!(host.ok("cat /state/checks"), "begins");
    host.ok(
        "[ $(grep -c ' /home/vsc/alice ' /proc/mounts) = 1 ] && grep -qx kept /home/vsc/alice/file",
    );
    host.ok(&format!("rm /opt/stub/e2fsck; {UNMOUNT}"));
    volume.assert_clean();
}

/// A host whose user bob has left.
fn left() -> (Host, Disk) {
    let host = Host::new(&["alice", "bob"]);
    let volume = Disk::new(host.folder(), "volume", 1024);
    host.attach(&volume, 1);
    host.ok(&mount(&["alice", "bob"], 48));
    host.ok("echo mine > /home/vsc/bob/file; echo v1 > /home/vsc/.homes/version; echo v2 > /etc/vsc/version");
    host.team(&["alice"], 48);
    (host, volume)
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn a_newcomer_does_not_inherit() {
    killed_everywhere("a leaver", HOMES, DEPARTED, left, |host, volume, _| {
        host.ok("! mountpoint -q /home/vsc/bob; ls /home/vsc/.homes/bob.departed");
        // What was not used is free again.
        host.ok("[ $(($(stat -c %b /home/vsc/.homes/bob.ext4) / 2048)) -lt 20 ]");
        assert!(
            host.ok("/usr/local/libexec/vsc/homes-report")
                .contains("\nbob|48|")
        );
        host.ok(&format!("{DEPARTED}; {UNMOUNT}"));
        volume.assert_clean();
    });
    killed_everywhere(
        "a newcomer of the same name",
        HOMES,
        &format!("{HOME} bob 48 20001"),
        || {
            let (host, volume) = left();
            host.ok(DEPARTED);
            host.team(&["alice", "bob"], 48);
            (host, volume)
        },
        |host, volume, _| {
            host.attach(volume, 1);
            host.ok(&mount(&["bob"], 48));
            host.ok("[ -z \"$(ls /home/vsc/bob)\" ]; ls /home/vsc/.homes/bob@*.ext4 /home/vsc/.homes/bob@*.departed; ! ls /home/vsc/.homes/bob.departed");
            host.ok("[ $(ls /home/vsc/.homes/bob*.ext4 | wc -l) = 2 ]; debugfs -R 'cat file' /home/vsc/.homes/bob@*.ext4 2> /dev/null | grep -qx mine");
        },
    );
    killed_everywhere(
        "a return",
        HOMES,
        &format!("{HOME} bob 48 20001"),
        || {
            let (host, volume) = left();
            host.ok(&format!("{DEPARTED}; touch /home/vsc/.homes/bob.return"));
            host.team(&["alice", "bob"], 48);
            (host, volume)
        },
        |host, volume, _| {
            host.attach(volume, 1);
            host.ok(&mount(&["bob"], 48));
            host.ok("grep -qx mine /home/vsc/bob/file; ! ls /home/vsc/.homes/bob.return /home/vsc/.homes/bob.departed");
            host.ok("[ $(($(stat -c %b /home/vsc/.homes/bob.ext4) / 2048)) -ge 48 ]");
        },
    );
    // A change that is rolled back: nobody has left the team.
    let (host, _volume) = left();
    host.ok(&format!("{DEPARTED}; echo v1 > /etc/vsc/version"));
    host.team(&["alice", "bob"], 48);
    host.ok(&format!(
        "{HOME} bob 48 20001; grep -qx mine /home/vsc/bob/file"
    ));
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn only_the_home_of_a_leaver_is_purged() {
    let (host, _volume) = left();
    let purge = "/usr/local/libexec/vsc/purge";
    assert!(
        host.fails(&format!("{purge} alice"))
            .contains("alice is in the team")
    );
    assert!(host.fails(&format!("{purge} bob")).contains("still in use"));
    assert!(
        host.fails(&format!("{purge} eve"))
            .contains("no home of a former user")
    );
    assert!(
        host.fails(&format!("{purge} ../bob"))
            .contains("invalid name")
    );
    host.ok(DEPARTED);
    host.ok(&format!(
        "{purge} bob; ! ls /home/vsc/.homes/bob*; mountpoint -q /home/vsc/alice"
    ));
}

/// The volume that was made from a snapshot of the homes, attached at another device.
fn snapshot(host: &Host, volume: &Disk) -> Disk {
    let copy = volume.snapshot("snapshot");
    host.ok(&format!(
        "ln -sfn {} /dev/sdg; echo {} > /state/snapshot",
        copy.device,
        copy.file.display()
    ));
    copy
}

const RESTORE: &str = "/usr/local/libexec/vsc/restore";

/// A host with a developer at work, who has just lost yesterday's files, and the volume of yesterday.
fn lost() -> (Host, (Disk, Disk)) {
    let host = Host::new(&["alice", "bob"]);
    let volume = Disk::new(host.folder(), "volume", 1024);
    host.attach(&volume, 1);
    host.ok(&mount(&["alice", "bob"], 200));
    host.ok(
        "cd /home/vsc/alice && mkdir -p src/deep && head -c 30000000 /dev/urandom > src/deep/data && ln -s /etc/passwd src/link && ln -s /etc src/folder
         printf work > 'src/a name'; chmod 0640 src/deep/data; chown -hR 20000:20000 .; sync
         (cd src && find . -type f -exec sha256sum {} + | sort) > /state/sums",
    );
    // Yesterday's file systems are in use: their journals have to be replayed.
    let copy = snapshot(&host, &volume);
    host.ok("cd /home/vsc/alice && rm -rf src && echo today > today && chown 20000:20000 today");
    (host, (volume, copy))
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn one_home_is_restored_beside_the_present_one() {
    killed_everywhere(
        "a restore",
        &format!(
            "{}; ln -sfn $(losetup --list --noheadings --output NAME,BACK-FILE | grep -w $(cat /state/snapshot) | cut -d ' ' -f 1) /dev/sdg",
            mount(&["alice", "bob"], 200)
        ),
        // The folder is there as a whole, or not at all.
        &format!("[ -d /home/vsc/alice/restored ] || {RESTORE} alice /dev/sdg restored"),
        lost,
        |host, (volume, copy), _| {
            host.attach(volume, 1);
            host.ok(&format!("ln -sfn {} /dev/sdg", copy.device));
            host.ok(&mount(&["alice", "bob"], 200));
            host.ok("cd /home/vsc/alice/restored/src && find . -type f -exec sha256sum {} + | sort | cmp - /state/sums");
            host.ok("cd /home/vsc/alice && [ $(readlink restored/src/link) = /etc/passwd ] && [ $(stat -c %u:%a restored/src/deep/data) = 20000:640 ]");
            host.ok("cd /home/vsc/alice && [ \"$(ls -A | paste -sd ' ')\" = 'restored today' ] && grep -qx today today");
            // Nothing is mounted any more, if it was killed in the end as well.
            host.ok(&format!("{RESTORE} release /dev/sdg"));
            host.ok("! grep restore /proc/mounts");
            host.ok(UNMOUNT);
            volume.assert_clean();
        },
    );
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn a_restore_changes_nothing_else() {
    let (host, _disks) = lost();
    let restore = format!("{RESTORE} alice /dev/sdg");
    assert_eq!(
        host.ok(&format!("{restore} part src/deep")),
        "files=1 bytes=30000000"
    );
    host.ok("[ \"$(cd /home/vsc/alice/part && ls)\" = data ]");
    // Perhaps of another snapshot, which has the same device.
    let message = host.fails(&format!("{restore} part src/deep"));
    assert!(
        message.contains("part exists in the home of alice: pass another folder"),
        "{message}"
    );
    host.ok(&format!(
        "{restore} one 'src/a name' && [ \"$(cat '/home/vsc/alice/one/a name')\" = work ]"
    ));
    // Of a link, also with a slash, the link itself.
    assert_eq!(
        host.ok(&format!("{restore} linked src/folder//")),
        "files=1 bytes=4"
    );
    host.ok("[ \"$(readlink /home/vsc/alice/linked/folder)\" = /etc ]");
    for (arguments, expected) in [
        ("alice /dev/sdg ../out", "invalid folder ../out"),
        ("alice /dev/sdg out ../../etc", "invalid path ../../etc"),
        ("alice /dev/sdg out /etc", "invalid path /etc"),
        (
            "alice /dev/sdg out src/link/passwd",
            "there is no src/link/passwd",
        ),
        (
            "alice /dev/sdg out nothing",
            "there is no nothing in the home of alice",
        ),
        ("eve /dev/sdg out", "there is no user eve"),
        (
            "alice alice@2026-01-31 out",
            "there is no kept home alice@2026-01-31",
        ),
        (
            "alice bob@2026-01-31 out",
            "bob@2026-01-31 is not a home of alice",
        ),
    ] {
        let message = host.fails(&format!("{RESTORE} {arguments}"));
        assert!(message.contains(expected), "{arguments}: {message}");
    }
    // A link of the developer leads root nowhere.
    host.ok("ln -s /etc /home/vsc/alice/trap; ln -s /etc /home/vsc/alice/.out.restoring; ls /etc | sha256sum > /state/etc");
    let message = host.fails(&format!("{restore} trap"));
    assert!(message.contains("trap exists"), "{message}");
    host.ok(&format!(
        "{restore} out; ls /etc | sha256sum | cmp - /state/etc; [ -d /home/vsc/alice/out/src ]"
    ));
    // What does not fit says so.
    host.ok("head -c 120000000 /dev/zero > /home/vsc/alice/big");
    let message = host.fails(&format!("{restore} more"));
    assert!(
        message.contains("pass a folder of it, or declare larger homes"),
        "{message}"
    );
    host.ok("[ ! -e /home/vsc/alice/more ]; ! grep restore /proc/mounts");

    // A kept home of somebody who came back.
    host.ok("debugfs -w -R 'write /etc/hostname old' /home/vsc/.homes/bob.ext4 2> /dev/null; true");
    host.ok(&format!(
        "{UNMOUNT}; {}; echo kept > /home/vsc/bob/kept; echo v9 > /home/vsc/.homes/version",
        mount(&["alice", "bob"], 200)
    ));
    host.team(&["alice"], 200);
    host.ok(DEPARTED);
    host.team(&["alice", "bob"], 200);
    host.ok(&format!("{HOME} bob 200 20001; {RESTORE} bob $(basename /home/vsc/.homes/bob@*.ext4 .ext4) old; grep -qx kept /home/vsc/bob/old/kept"));
}

/// Waits for a condition on the host.
fn until(host: &Host, line: &str) {
    host.ok(&format!(
        "for _ in $(seq 400); do ! {{ {line}; }} || exit 0; sleep; done; exit 1"
    ));
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn a_running_restore_is_released() {
    let (host, _disks) = lost();
    let release = format!("{RESTORE} release");
    host.ok("ln -sfn $(readlink /dev/sdg) /dev/sdh");
    // There is nothing to release.
    host.ok(&format!("{release} /dev/sdg; {release} /dev/sdg"));
    // A copy that takes its time, for one that ends when it is asked to, and one that does not.
    host.ok("cp /bin/sleep /state/slowly");
    for ending in ["", "trap '' TERM; "] {
        host.write(
            "/opt/stub/tar",
            &format!(
                "#!/bin/bash\n{ending}touch /state/copies 2> /dev/null; while :; do /state/slowly 0.1; done\n"
            ),
            0o755,
        );
        host.ok("rm -f /state/copies");
        let start = |arguments: &str| {
            host.command(&format!("exec {RESTORE} {arguments}"))
                .spawn()
                .expect("nsenter runs")
        };
        let mut running = start("alice /dev/sdg first");
        until(&host, "[ -e /state/copies ]");
        host.ok("grep -q restore/home /proc/mounts");
        // Two others wait, one of them for the same device.
        let mut waiting = start("alice /dev/sdg second");
        let mut other = start("bob /dev/sdh third");
        until(
            &host,
            &format!("[ $(pgrep --full 'bash {RESTORE} ' | wc -l) -ge 3 ]"),
        );
        assert!(running.try_wait().is_ok_and(|status| status.is_none()));
        // What reads another device is not disturbed.
        host.ok(&format!(
            "{release} /dev/sdi; grep -q restore/home /proc/mounts"
        ));
        assert!(running.try_wait().is_ok_and(|status| status.is_none()));

        host.ok(&format!("{release} /dev/sdg"));
        for ended in [&mut running, &mut waiting] {
            assert!(ended.wait().is_ok_and(|status| !status.success()));
        }
        // It is its turn now.
        until(&host, "grep -q restore/home /proc/mounts");
        assert!(other.try_wait().is_ok_and(|status| status.is_none()));
        host.ok(&format!("{release} /dev/sdh"));
        assert!(other.wait().is_ok_and(|status| !status.success()));
        host.ok("! grep restore/ /proc/mounts");
        until(&host, "! pgrep --runstates RSD slowly > /dev/null");
        host.ok("cd /home/vsc/alice && ! ls -d first second && grep -qx today today");
    }
    // A second one waits for the first one.
    host.write(
        "/opt/stub/tar",
        "#!/bin/bash\n[ $1 != -C ] || [ ! -e /state/slow ] || { touch /state/copies && rm /state/slow && /bin/sleep 2; } 2> /dev/null\nexec /bin/tar \"$@\"\n",
        0o755,
    );
    host.ok("rm -f /state/copies; touch /state/slow");
    let first = host
        .command(&format!("{RESTORE} alice /dev/sdg first src/deep"))
        .spawn();
    until(&host, "[ -e /state/copies ]");
    host.ok(&format!(
        "{RESTORE} alice /dev/sdg second src/deep && [ -e /home/vsc/alice/first/data ]"
    ));
    assert!(first.is_ok_and(|mut first| first.wait().is_ok_and(|status| status.success())));
}

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn a_home_is_exported() {
    const EXPORT: &str = "/usr/local/libexec/vsc/export";
    let (host, _volume) = left();
    host.ok("head -c 9000000 /dev/urandom > /home/vsc/bob/data; cp /home/vsc/bob/data /state/data");
    host.ok(&format!("{EXPORT} bob > /state/live.tar.gz && tar -xOzf /state/live.tar.gz ./data | cmp - /state/data"));
    host.ok(DEPARTED);
    host.ok(&format!("{EXPORT} bob > /state/left.tar.gz && tar -xOzf /state/left.tar.gz ./data | cmp - /state/data"));
    assert!(
        host.fails(&format!("{EXPORT} eve"))
            .contains("no home of eve")
    );
    assert!(
        host.fails(&format!("{EXPORT} ../../etc/x"))
            .contains("no home")
    );

    // In parts, as S3 accepts them.
    host.write(
        "/opt/stub/curl",
        "#!/bin/bash\nread -r line; [[ $line =~ partNumber=([0-9]+)\\&X-Amz-Signature=([a-z]+)\\\" ]] || exit 9\nwhile [ $# -gt 0 ]; do [ $1 != --upload-file ] || cat $2 > /state/part.${BASH_REMATCH[1]}.${BASH_REMATCH[2]}; shift; done\n",
        0o755,
    );
    let urls = "printf 'https://s3/bucket/key?uploadId=1&X=2\\nsa\\nsb\\nsc\\nsd\\n'";
    let said = host.ok(&format!("{urls} | {EXPORT} bob 4000000"));
    host.ok("cat /state/part.1.sa /state/part.2.sb /state/part.3.sc > /state/all.tar.gz; tar -xOzf /state/all.tar.gz ./data | cmp - /state/data");
    let expected = host.ok("echo \"bytes=$(stat -c %s /state/all.tar.gz) sha256=$(sha256sum < /state/all.tar.gz | cut -c 1-64)\"");
    assert_eq!(said, expected);
    // Too few URLs are no archive.
    let message = host.fails(&format!("{urls} | head -n 2 | {EXPORT} bob 4000000"));
    assert_eq!(
        message,
        "the home of bob has grown while it was exported: export it again"
    );
    host.write(
        "/opt/stub/curl",
        "#!/bin/bash\necho 'curl: (22) The requested URL returned error: 403' >&2; exit 22\n",
        0o755,
    );
    let message = host.fails(&format!("{urls} | {EXPORT} bob 4000000"));
    assert_eq!(message, "curl: (22) The requested URL returned error: 403");
    host.ok("! ls -d /var/tmp/vsc-export.*; ! grep vsc-export /proc/mounts");
}
