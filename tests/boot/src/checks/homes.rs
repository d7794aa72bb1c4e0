//! Homes on a separate volume. A loop device emulates it, and appears late, as the volume does.

use std::process::Command;
use std::time::Duration;

use vsc::pattern;
use vsc::team::TeamIde;

use crate::host::Host;
use crate::scene::Scene;
use crate::team::DOMAIN;

const STACK: &str = "homes";

const ADDRESS: &str = "10.213.7.27";

/// Boots a host, attaches the volume, and runs the step again.
pub(crate) fn volume(scene: &Scene<'_>) {
    let ide = TeamIde::builder()
        .stack_name(STACK)
        .user("alice")
        .domain(DOMAIN)
        .instance("t3.large")
        .home_volume("2 GiB")
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    detach_leftovers();
    let template = pattern::synthesize(&ide)
        .expect("it keeps the quotas")
        .to_json();
    let deployed = scene.cloud.deploy(STACK, &template, &[]);
    scene.cloud.register(ADDRESS, &deployed);
    let host = Host::launch(scene.engine, scene.image, STACK, ADDRESS);
    host.until(
        "the host to wait for its homes",
        Duration::from_secs(120),
        "pgrep -f libexec/vsc/homes",
    );
    let attach = "ln -sf $(losetup --find --show /var/tmp/homes) /dev/sdf";
    host.answer(&format!("truncate --size 2G /var/tmp/homes && {attach}"));
    let (success, reason) = scene.signal(STACK);
    assert!(success, "{reason}");
    let mounted = host.answer("findmnt --noheadings --output LABEL,FSTYPE /home/vsc");
    assert_eq!(
        mounted.split_whitespace().collect::<Vec<_>>(),
        ["vsc-homes", "ext4"]
    );
    host.answer(
        "echo kept > /home/vsc/alice/kept; grep -c LABEL=vsc-homes /etc/fstab | grep -qx 1",
    );

    // The second run does not format it again.
    host.answer("/usr/local/libexec/vsc/homes && grep -qx kept /home/vsc/alice/kept");

    // Loop devices belong to the machine, not to the container.
    host.answer("systemctl stop vsc-workspace@alice vsc-home@alice && umount /home/vsc && losetup --detach $(readlink /dev/sdf)");
}

/// Detaches leftover loop devices, which belong to the machine: one of an aborted run has the label that
/// the host looks for.
fn detach_leftovers() {
    let left = "find() { blkid --cache-file /dev/null --label vsc-homes; }
        for _ in 1 2 3 4 5; do device=$(find) || break; losetup --detach $device 2> /dev/null; sleep 1; done
        ! find";
    let status = Command::new("sh").args(["-c", left]).status();
    assert!(
        status.is_ok_and(|status| status.success()),
        "a volume of homes is left from before, and in use: losetup --list"
    );
}
