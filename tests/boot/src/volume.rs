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

/// Removes all volumes.
pub(crate) fn remove_all(state: &Path) {
    for entry in fs::read_dir(state.join("volumes"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        let volume: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        let device = volume["device"].as_str().unwrap_or_default();
        let _ = Command::new("losetup").args(["--detach", device]).output();
    }
    let _ = fs::remove_dir_all(work_folder().join("volumes"));
}
