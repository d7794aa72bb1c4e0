//! The homes grow while everybody writes: `files/growth` runs the scripts of the host in user-mode Linux, a kernel
//! as a process, since the kernel of a container may deny the growth of a mounted file system. It needs root to
//! install that, and runs by `tests/boot/homes`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use vsc_core::team_ide::HOST_FILES;
use vsc_tests::python::run;
use vsc_tests::work_folder;

/// The last line of a proof that holds.
const WHOLE: &str = "written, all homes are whole";

#[test]
#[ignore = "needs root: tests/boot/homes"]
fn the_homes_grow_while_everybody_writes() {
    install();
    let folder = work_folder().join(format!("growth-{}", std::process::id()));
    let proof = Path::new(env!("CARGO_MANIFEST_DIR")).join("files/growth");
    for file in HOST_FILES {
        let path = folder.join(file.path.trim_start_matches('/'));
        let parent = path.parent().expect("a file is in a folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        fs::write(&path, file.content).expect("the file can be written");
        let mode = if file.is_executable { 0o755 } else { 0o644 };
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it has its mode");
    }
    let started = Instant::now();
    let output = Command::new("timeout")
        .args(["--kill-after=5", "300", "linux.uml"])
        .args(["root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro"])
        .args([
            "mem=4G",
            "con=null",
            "con0=null,fd:1",
            "quiet",
            "loglevel=1",
        ])
        .arg(format!("init={}", proof.join("init").display()))
        .arg(format!("host={}", folder.display()))
        // Its memory is a file there.
        .env("TMPDIR", "/dev/shm")
        .stdin(Stdio::null())
        .output()
        .expect("user-mode Linux starts");
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}\n{:.0} s", started.elapsed().as_secs_f64());
    let _ = fs::remove_dir_all(folder);
    assert!(
        said.lines().any(|line| line.trim_end().ends_with(WHOLE)),
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Installs the Debian packages of the kernel, and of what loads its modules.
fn install() {
    if Path::new("/usr/bin/linux.uml").exists() && Path::new("/usr/sbin/insmod").exists() {
        return;
    }
    run(Command::new("apt-get").args(["update", "-qq"]));
    run(Command::new("apt-get")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(["user-mode-linux", "kmod"])
        .env("DEBIAN_FRONTEND", "noninteractive"));
}
