//! The program, as it is built for the tests of the workspace: that one runs it makes cargo build it.

use std::process::Command;

#[test]
fn the_version_is_that_of_the_package() {
    let output = Command::new(env!("CARGO_BIN_EXE_vsc"))
        .arg("--version")
        .output();
    let output = output.expect("it runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(printed, concat!("vsc ", env!("CARGO_PKG_VERSION"), "\n"));
}
