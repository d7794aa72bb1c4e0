//! The take-over of the home volume by a new host, with every fault: `files/takeover/prove.py` runs the scripts
//! of the host against an emulated EC2.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use vsc_tests::emulator::Emulator;
use vsc_tests::python::Environment;
use vsc_tests::{work_folder, workspace};

#[test]
fn the_homes_are_taken_and_given_back_whatever_fails() {
    let is_all = std::env::var("VSC_FAULTS").is_ok_and(|extent| extent == "all");
    let emulator = Emulator::moto();
    let folder = work_folder().join(format!("takeover-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the folder can be made");
    let output = Environment::new("moto")
        .program("python")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("files/takeover/prove.py"))
        .arg(emulator.endpoint())
        .arg(workspace().join("vsc-core/src/team_ide/boot/files"))
        .arg(&folder)
        .arg(if is_all { "all" } else { "sample" })
        .stderr(Stdio::inherit())
        .output()
        .expect("python runs");
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{}", output.status);
    let faults = said.lines().filter(|line| line.starts_with("ok ")).count();
    assert!(faults >= if is_all { 50 } else { 10 }, "{faults} faults");
    let _ = fs::remove_dir_all(folder);
}
