//! Homes on a deployed host: their archive in S3, and the volume of a restore, through faults. The host is a
//! stand-in: its answers are scripted, and its upload runs here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use vsc_deploy_tests::cloud::{BUCKET, Cloud, Ended};
use vsc_deploy_tests::proxy::Fault;

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");

/// The response of a command on the host.
fn ended(status: &str, output: &str) -> Fault {
    Fault::Answer(
        json!({"Status": status, "StandardOutputContent": output, "StandardErrorContent": ""})
            .to_string(),
    )
}

/// What the host sends: 66 MiB, so that there are two parts.
fn archive(cloud: &Cloud) -> PathBuf {
    let path = cloud.folder().join("archive");
    let mut bytes = vec![0_u8; 66 << 20];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::try_from(place.wrapping_mul(2_654_435_761) >> 13 & 0xff).unwrap_or_default();
    }
    fs::write(&path, bytes).expect("the folder can be written");
    path
}

/// The upload of the host, as `export` does it: it has the URLs of the parts on standard input.
const EXPORT: &str = r#"
set -euo pipefail
[ "$1" = alice ]
read -r base
mapfile -t signatures
rm -f "$ARCHIVE".part.*
split --bytes "$2" --numeric-suffixes=1 --suffix-length=4 "$ARCHIVE" "$ARCHIVE.part."
number=0
parts=("$ARCHIVE".part.*)
for part in "${parts[@]}"; do
  number=$((number + 1))
  # The proxy does not answer to an expectation.
  curl --silent --show-error --fail --header Expect: --upload-file "$part" \
    "$base&partNumber=$number&X-Amz-Signature=${signatures[number - 1]}" > /dev/null
done
echo "bytes=$(stat --format %s "$ARCHIVE") sha256=$(sha256sum "$ARCHIVE" | cut -c 1-64)"
"#;

/// Runs the last command that was sent to the host with the stand-in; its output.
fn run_export(cloud: &Cloud, archive: &Path) -> String {
    let sent = cloud.proxy.form("SendCommand").unwrap_or_default();
    let sent: Value = serde_json::from_str(&sent).expect("it is JSON");
    let command = sent["Parameters"]["commands"][0]
        .as_str()
        .unwrap_or_default();
    let script = cloud.folder().join("export");
    fs::write(&script, EXPORT).expect("the folder can be written");
    let call = command.split_once("\nbash /run/vsc/tool/export ");
    let (_, arguments) = call.expect("it is an export");
    let replaced = format!("bash {} {arguments}", script.display());
    let output = Command::new("bash")
        .args(["-c", &replaced])
        .env("ARCHIVE", archive)
        .output()
        .expect("there is a shell");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The host lists the homes, and works on what it is told next.
fn list_then_work(cloud: &Cloud) {
    let homes = "alice|10240|66|present|\nbob|10240|1|departed|2026-11-01T09:00:00Z\n";
    cloud
        .proxy
        .on("GetCommandInvocation")
        .times(1)
        .fault(ended("Success", homes));
    cloud
        .proxy
        .on("GetCommandInvocation")
        .fault(ended("InProgress", ""));
}

/// The emulator cancels no commands.
fn cancels(cloud: &Cloud) {
    cloud
        .proxy
        .on("CancelCommand")
        .fault(Fault::Answer("{}".to_owned()));
}

/// The keys of the objects and of the incomplete uploads in a bucket.
fn left(cloud: &Cloud, bucket: &str) -> (Vec<String>, Vec<String>) {
    let aws = cloud.aws();
    let keys = |value: &Value| -> Vec<String> {
        let items = value.as_array().into_iter().flatten();
        items
            .filter_map(|item| item["Key"].as_str().map(str::to_owned))
            .filter(|key| !key.starts_with("team/"))
            .collect()
    };
    let objects = aws.call(&format!("s3api list-objects-v2 --bucket {bucket}"));
    let uploads = aws.call(&format!("s3api list-multipart-uploads --bucket {bucket}"));
    (keys(&objects["Contents"]), keys(&uploads["Uploads"]))
}

#[test]
fn a_home_is_exported_to_a_file_and_to_a_bucket() {
    let cloud = Cloud::start("exported", PROGRAM);
    _ = cloud.deploy().with(0);
    let archive = archive(&cloud);
    list_then_work(&cloud);
    let running = cloud.spawn("homes export alice --to home.tar.gz --yes --json");
    cloud.proxy.wait_for("SendCommand", 2);
    let output = run_export(&cloud, &archive);
    cloud.proxy.heal();
    cloud
        .proxy
        .on("GetCommandInvocation")
        .fault(ended("Success", &output));
    let ended_export = running.end().with(0);
    ended_export.reports(&[
        "the host archives the home of alice (66.0 MiB of 10.0 GiB are used)",
        "downloading s3://",
        "exported the home of alice to home.tar.gz (66.0 MiB)",
    ]);
    let json: Value = serde_json::from_str(&ended_export.out).expect("it is JSON");
    assert_eq!(
        (&json["name"], &json["to"]),
        (&"alice".into(), &"home.tar.gz".into())
    );
    assert_eq!(json["bytes"], 66 << 20);
    assert!(output.contains(json["sha256"].as_str().unwrap_or("none")));
    let file = cloud.folder().join("home.tar.gz");
    let written = fs::read(&file).expect("it is written");
    assert!(
        written == fs::read(&archive).expect("it is there"),
        "the files differ"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&file)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(left(&cloud, BUCKET), (Vec::new(), Vec::new()));
    // It is not overwritten.
    cloud
        .run("homes export alice --to home.tar.gz")
        .with(1)
        .reports(&["home.tar.gz exists", "pass another file with `--to`"]);

    // Into a bucket of the user, where it stays.
    cloud
        .aws()
        .call("s3api create-bucket --bucket acme-archive");
    cloud.proxy.heal();
    cloud.proxy.forget();
    list_then_work(&cloud);
    fs::write(&archive, "a small one").expect("the folder can be written");
    let running = cloud.spawn("homes export alice --to s3://acme-archive/homes/");
    cloud.proxy.wait_for("SendCommand", 2);
    let output = run_export(&cloud, &archive);
    cloud.proxy.heal();
    cloud
        .proxy
        .on("GetCommandInvocation")
        .fault(ended("Success", &output));
    running
        .end()
        .with(0)
        .reports(&["exported the home of alice to s3://acme-archive/homes/alice.tar.gz"]);
    let (objects, uploads) = left(&cloud, "acme-archive");
    assert_eq!(objects, ["homes/alice.tar.gz"]);
    assert!(uploads.is_empty(), "{uploads:?}");
}

#[test]
fn an_export_that_ends_early_leaves_nothing() {
    let cloud = Cloud::start("exported-early", PROGRAM);
    _ = cloud.deploy().with(0);
    cloud
        .aws()
        .call("s3api create-bucket --bucket acme-archive");
    for signal in ["INT", "TERM"] {
        cloud.proxy.heal();
        cloud.proxy.forget();
        list_then_work(&cloud);
        cancels(&cloud);
        let running = cloud.spawn("homes export alice --to s3://acme-archive/a.tar.gz");
        cloud.proxy.wait_for("SendCommand", 2);
        assert_eq!(left(&cloud, "acme-archive").1, ["a.tar.gz"]);
        running.signal(signal);
        running
            .end()
            .with(130)
            .reports(&["interrupted: nothing is left in the bucket"]);
        assert_eq!(cloud.proxy.count("CancelCommand"), 1);
        assert_eq!(left(&cloud, "acme-archive"), (Vec::new(), Vec::new()));
    }
    // The host says that it has sent what S3 does not have.
    cloud.proxy.heal();
    let homes = "alice|10240|1|present|\n";
    cloud
        .proxy
        .on("GetCommandInvocation")
        .times(1)
        .fault(ended("Success", homes));
    cloud
        .proxy
        .on("GetCommandInvocation")
        .fault(ended("Success", "bytes=5 sha256=ab"));
    cloud
        .run("homes export alice --to s3://acme-archive/a.tar.gz")
        .with(1)
        .reports(&[
            "the home of alice is not archived: S3 has 0 bytes in 0 parts, and the host has sent 5 bytes",
            "nothing is left in the bucket",
        ]);
    assert_eq!(left(&cloud, "acme-archive"), (Vec::new(), Vec::new()));
    cloud.proxy.heal();
    list_then_work(&cloud);
    cloud
        .run("homes export alice --to s3://nobodys-bucket/a.tar.gz")
        .with(1)
        .reports(&[
            "the bucket `nobodys-bucket` does not exist",
            "= help: create it, or pass another one",
        ]);
}

#[test]
fn homes_are_listed_and_purged() {
    let cloud = Cloud::start("homes-listed", PROGRAM);
    _ = cloud.deploy().with(0);
    let homes = "alice|10240|66|present|\nbob|10240|1|departed|2026-11-01T09:00:00Z\n";
    cloud
        .proxy
        .on("GetCommandInvocation")
        .fault(ended("Success", homes));
    let listed = cloud.run("homes").with(0);
    assert!(
        listed
            .out
            .contains("bob    10.0 GiB  1.0 MiB   left 2026-11-01T09:00:00Z"),
        "{}",
        listed.out
    );
    let json = cloud.run("homes list --json").with(0);
    let json: Value = serde_json::from_str(&json.out).expect("it is JSON");
    assert_eq!(json["team"][1]["state"], "left");
    cloud.run("homes purge bob").with(1).reports(&[
        "the home of bob was kept when the user left (2026-11-01T09:00:00Z), and will be deleted",
        "cannot ask for confirmation",
        "pass `--yes`",
    ]);
    let sent = cloud.proxy.form("SendCommand").unwrap_or_default();
    assert!(!sent.contains("purge"), "{sent}");
    cloud
        .run("homes purge bob --yes")
        .with(0)
        .reports(&["deleted the home of bob"]);
    let sent = cloud.proxy.form("SendCommand").unwrap_or_default();
    assert!(sent.contains("bash /run/vsc/tool/purge bob"), "{sent}");
    cloud
        .run("homes purge alice --yes")
        .with(1)
        .reports(&["alice is in the team"]);
}

/// A snapshot of the homes; its ID.
fn snapshot(cloud: &Cloud) -> String {
    let aws = cloud.aws();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let volume = aws.call("ec2 create-volume --availability-zone us-east-1a --size 8");
    let volume = text(&volume["VolumeId"]);
    let snapshot = aws.call(&format!(
        "ec2 create-snapshot --volume-id {volume} --tag-specifications ResourceType=snapshot,Tags=[{{Key=vsc:homes,Value=team}}]"
    ));
    // What is left is deleted only with the stack, which has its own.
    aws.call(&format!(
        "ec2 create-tags --resources {volume} --tags Key=kept,Value=1"
    ));
    text(&snapshot["SnapshotId"])
}

/// The volumes of restores: ID and state.
fn volumes(cloud: &Cloud) -> Vec<(String, String)> {
    let found = cloud
        .aws()
        .call("ec2 describe-volumes --filters Name=tag-key,Values=vsc:restore");
    let items = found["Volumes"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    items
        .iter()
        .map(|item| (text(&item["VolumeId"]), text(&item["State"])))
        .collect()
}

/// `restore` with one attempt per call.
fn restore(cloud: &Cloud, line: &str) -> Ended {
    let mut command = cloud.command(&format!("restore {line}"));
    command.env("AWS_MAX_ATTEMPTS", "1");
    command.output().expect("it can be run").into()
}

fn copies(cloud: &Cloud) {
    cloud
        .proxy
        .on("GetCommandInvocation")
        .fault(ended("Success", "files=3 bytes=2048\n"));
}

#[test]
fn a_restore_leaves_no_volume_whatever_fails() {
    let cloud = Cloud::start("restored", PROGRAM);
    _ = cloud.deploy().with(0);
    restore(&cloud, "alice")
        .with(1)
        .reports(&["team has no complete snapshot of its homes"]);
    let snapshot = snapshot(&cloud);
    copies(&cloud);
    let restored = restore(&cloud, "alice src --json").with(0);
    restored.reports(&[
        &format!("copying from the home of alice in {snapshot}"),
        "restored 3 files, 2.0 KiB",
    ]);
    let json: Value = serde_json::from_str(&restored.out).expect("it is JSON");
    assert_eq!(json["from"], snapshot.as_str());
    assert_eq!((&json["files"], &json["bytes"]), (&3.into(), &2_048.into()));
    assert_eq!(volumes(&cloud), []);
    for operation in ["CreateVolume", "AttachVolume"] {
        for fault in [
            Fault::Drop,
            Fault::DropAfterwards,
            Fault::Reject(403, "UnauthorizedOperation", "no"),
        ] {
            cloud.proxy.heal();
            copies(&cloud);
            cloud.proxy.on(operation).times(1).fault(fault);
            _ = restore(&cloud, "alice").with(1);
            assert_eq!(volumes(&cloud), [], "{operation}");
        }
    }
    // The copy itself fails, or is no longer known.
    for fault in [
        ended("Failed", ""),
        ended("TimedOut", ""),
        Fault::Reject(400, "AccessDeniedException", "no"),
    ] {
        cloud.proxy.heal();
        cloud.proxy.on("GetCommandInvocation").fault(fault);
        restore(&cloud, "alice")
            .with(1)
            .reports(&["the volume of the snapshot was deleted; no file of alice was changed"]);
        assert_eq!(volumes(&cloud), []);
    }
    for signal in ["INT", "TERM", "HUP"] {
        cloud.proxy.heal();
        cloud.proxy.forget();
        cloud
            .proxy
            .on("GetCommandInvocation")
            .times(2)
            .fault(ended("InProgress", ""));
        copies(&cloud);
        cancels(&cloud);
        let running = cloud.spawn("restore alice");
        cloud.proxy.wait_for("GetCommandInvocation", 1);
        running.signal(signal);
        running
            .end()
            .with(130)
            .reports(&["interrupted: the volume of the snapshot was deleted"]);
        assert_eq!(volumes(&cloud), []);
    }
}

#[test]
fn a_killed_restore_is_cleaned_up_by_the_next() {
    let cloud = Cloud::start("restored-later", PROGRAM);
    _ = cloud.deploy().with(0);
    _ = snapshot(&cloud);
    cloud
        .proxy
        .on("GetCommandInvocation")
        .fault(ended("InProgress", ""));
    let running = cloud.spawn("restore alice");
    cloud.proxy.wait_for("GetCommandInvocation", 1);
    running.signal("KILL");
    _ = running.end();
    let left = volumes(&cloud);
    let [(volume, state)] = left.as_slice() else {
        panic!("one volume is left: {left:?}");
    };
    assert_eq!(state, "in-use");
    cloud.proxy.heal();
    copies(&cloud);
    // It may belong to a restore that is in progress.
    restore(&cloud, "alice").with(0).reports(&[&format!(
        "{volume} is the volume of another restore, which is in progress"
    )]);
    assert_eq!(volumes(&cloud), left);
    // Five minutes later it does not.
    cloud.aws().call(&format!(
        "ec2 create-tags --resources {volume} --tags Key=vsc:restore-alive,Value=2026-01-01T00:00:00Z"
    ));
    restore(&cloud, "alice").with(0).reports(&[
        &format!("deleted {volume}, the volume of a restore that did not end"),
        "restored 3 files",
    ]);
    assert_eq!(volumes(&cloud), []);
    // A volume that cannot be deleted is named.
    for operation in ["DetachVolume", "DeleteVolume"] {
        cloud
            .proxy
            .on(operation)
            .times(1)
            .fault(Fault::Reject(403, "UnauthorizedOperation", "no"));
        let failed = restore(&cloud, "alice").with(1);
        let volume = &volumes(&cloud)[0].0;
        failed.reports(&[
            "access denied: no",
            &format!("the volume {volume} is left: the next restore deletes it"),
        ]);
        cloud.aws().call(&format!(
            "ec2 create-tags --resources {volume} --tags Key=vsc:restore-alive,Value=2026-01-01T00:00:00Z"
        ));
        _ = restore(&cloud, "alice").with(0);
        assert_eq!(volumes(&cloud), []);
    }
}

#[test]
fn snapshots_are_listed_after_the_stack_is_deleted() {
    let cloud = Cloud::start("snapshots", PROGRAM);
    let id = snapshot(&cloud);
    let listed = cloud.run("snapshots").with(0);
    assert!(
        listed
            .out
            .contains(&format!("{id}  8 GiB  completed  deletion")),
        "{}",
        listed.out
    );
    let json = cloud.run("snapshots --json").with(0);
    let json: Value = serde_json::from_str(&json.out).expect("it is JSON");
    assert_eq!(json["team"][0]["id"], id.as_str());
    cloud
        .run("snapshots create")
        .with(1)
        .reports(&["team is not deployed in us-east-1"]);
}

#[test]
fn a_host_is_patched_and_rebooted() {
    let cloud = Cloud::start("patched", PROGRAM);
    _ = cloud.deploy().with(0);
    cloud.run("patch").with(1).reports(&[
        "Update the host of team to the latest release of Amazon Linux?",
        "the workspaces of 2 developers restart",
        "pass `--yes`",
    ]);
    assert_eq!(cloud.proxy.count("SendCommand"), 0);
    let output = "boot=b-1\nfrom=2023.8.1\nto=2023.9.1\npackages=12\nreboot=needed\nreason=the kernel is new\n";
    cloud
        .proxy
        .on("GetCommandInvocation")
        .times(1)
        .fault(ended("Success", output));
    cloud
        .proxy
        .on("GetCommandInvocation")
        .fault(ended("Success", "b-2\n"));
    let patched = cloud
        .run("patch --reboot --yes --json --release 2023.9.20251105")
        .with(0);
    patched.reports(&[
        "the host of team installs the updates of release 2023.9.20251105",
        "updated 12 packages of the host of team (2023.8.1 → 2023.9.1)",
        "take effect when it is rebooted: the kernel is new",
        "the host of team has rebooted",
    ]);
    let json: Value = serde_json::from_str(&patched.out).expect("it is JSON");
    assert_eq!(json["team"]["reboot"], "done");
    assert_eq!(cloud.proxy.count("RebootInstances"), 1);
}
