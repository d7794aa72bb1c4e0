//! Home volumes: loop devices of the machine, which a host sees as /dev/sdf while it has the volume.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use vsc_tests::python::run;

use crate::work_folder;

/// The ID of the home volume of a stack.
pub(crate) fn id(stack: &str) -> String {
    let digits: String = stack.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("vol-{digits:0<17.17}")
}

/// The file of a volume.
pub(crate) fn file(id: &str) -> PathBuf {
    work_folder().join("volumes").join(id)
}

/// The size of all volumes in GiB, of which little is used: the stand-in for a host may not make a mounted
/// file system grow.
const SIZE: u64 = 24;

/// Creates a volume that is attached to nothing.
pub(crate) fn create(state: &Path, id: &str, gib: u64) {
    fs::create_dir_all(work_folder().join("volumes"))
        .expect("the folder of the volumes can be made");
    let (file, known) = (file(id), state.join("volumes").join(format!("{id}.json")));
    if known.exists() {
        return;
    }
    // One of an earlier run.
    let _ = fs::remove_file(&file);
    fs::File::create(&file)
        .and_then(|file| file.set_len(gib.max(SIZE) << 30))
        .expect("the volume can be made");
    let output = run(Command::new("losetup")
        .args(["--find", "--show"])
        .arg(&file));
    let device = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let volume = json!({ "device": device, "holder": null });
    fs::write(known, volume.to_string()).expect("the state can be written");
}

/// Removes the volume of a stack whose hosts have ended.
pub(crate) fn remove(state: &Path, id: &str) {
    detach(&file(id));
    let _ = fs::remove_file(file(id));
    let _ = fs::remove_file(state.join("volumes").join(format!("{id}.json")));
}

/// Removes all volumes, also those of runs that were killed: their devices would keep the disk full.
pub(crate) fn remove_all() {
    let folder = work_folder().join("volumes");
    detach(&folder);
    let _ = fs::remove_dir_all(folder);
}

/// Detaches the devices whose files are in a folder, or the device of one file.
fn detach(path: &Path) {
    let list = [
        "--list",
        "--noheadings",
        "--raw",
        "--output",
        "NAME,BACK-FILE",
    ];
    let Ok(output) = Command::new("losetup").args(list).output() else {
        return;
    };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Some((device, back)) = line.split_once(' ') else {
            continue;
        };
        // `losetup` adds ` (deleted)`, here with an escaped space, to the name of a removed file.
        let back = back.split("\\x20").next().unwrap_or(back);
        if Path::new(back).starts_with(path) {
            let _ = Command::new("losetup").args(["--detach", device]).output();
        }
    }
}
