//! The script that updates a host, with stand-ins for the package manager: what it prints is what `vsc patch`
//! reads.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use vsc_tests::work_folder;

/// A host with packages, whose update changes them.
struct Host {
    folder: PathBuf,
}

impl Host {
    /// A host whose running kernel is 6.1.1; `dnf` runs this script.
    fn new(name: &str, dnf: &str) -> Self {
        let folder = work_folder().join("host-patch").join(name);
        let _ = fs::remove_dir_all(&folder);
        for inner in ["bin", "boot", "state"] {
            fs::create_dir_all(folder.join(inner)).expect("the target folder can be written");
        }
        let host = Self { folder };
        host.write("packages", "docker-1-1.x86_64\nkernel-6.1.1.x86_64\n");
        host.write("release", "2023.8.1");
        host.write("boot/vmlinuz-6.1.1", "");
        let packages = host.folder.join("packages");
        let release = host.folder.join("release");
        host.program(
            "rpm",
            &format!(
                "case \"$*\" in *--all*) cat '{}' ;; *system-release) cat '{}' ;; *) exit 1 ;; esac",
                packages.display(),
                release.display()
            ),
        );
        host.program("uname", "echo 6.1.1");
        host.program(
            "dnf",
            &format!(
                "cd '{}'\necho \"$*\" > called\n{dnf}",
                host.folder.display()
            ),
        );
        host
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).expect("the target folder can be written");
    }

    fn program(&self, name: &str, script: &str) {
        let path = self.folder.join("bin").join(name);
        fs::write(&path, format!("#!/bin/bash\n{script}\n")).expect("it can be written");
        let executable = fs::Permissions::from_mode(0o755);
        fs::set_permissions(&path, executable).expect("it is made executable");
    }

    /// Runs the script; the exit code, and the lines of its output without the ID of the boot.
    fn patch(&self, release: &str) -> (Option<i32>, String, String) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vsc-cli/src/aws/scripts/patch");
        let script = fs::read_to_string(script).expect("it is there");
        let state = self.folder.join("state").display().to_string();
        let boot = self.folder.join("boot").display().to_string();
        let script = script
            .replace("/var/lib/vsc", &state)
            .replace("/boot/", &format!("{boot}/"));
        let path = format!("{}:/usr/bin:/bin", self.folder.join("bin").display());
        let output = Command::new("bash")
            .args(["-c", &script, "patch", release])
            .env("PATH", path)
            .output()
            .expect("there is a shell");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let lines = text(&output.stdout);
        let lines: Vec<&str> = lines
            .lines()
            .filter(|line| !line.starts_with("boot="))
            .collect();
        (output.status.code(), lines.join("\n"), text(&output.stderr))
    }

    fn recorded(&self) -> String {
        let recorded = fs::read_to_string(self.folder.join("state/updated"));
        let recorded = recorded.unwrap_or_default();
        recorded.lines().nth(1).unwrap_or_default().to_owned()
    }
}

#[test]
fn a_current_host_has_nothing_to_do() {
    let host = Host::new("current", "true");
    let (code, output, _) = host.patch("latest");
    assert_eq!(code, Some(0));
    assert_eq!(
        output,
        "from=2023.8.1\nto=2023.8.1\npackages=0\nreboot=not-needed"
    );
    let called = fs::read_to_string(host.folder.join("called")).expect("it is called");
    assert_eq!(called, "--assumeyes --quiet --releasever=latest upgrade\n");
    assert_eq!(host.recorded(), "ok");
}

#[test]
fn another_kernel_needs_a_reboot() {
    let update = "echo 2023.9.1 > release; echo kernel-6.1.2.x86_64 >> packages; sleep 1; echo > boot/vmlinuz-6.1.2";
    let host = Host::new("kernel", update);
    let (code, output, _) = host.patch("2023.9.20251105");
    assert_eq!(code, Some(0));
    assert_eq!(
        output,
        "from=2023.8.1\nto=2023.9.1\npackages=1\nreboot=needed\nreason=the kernel 6.1.2 is installed, and 6.1.1 runs"
    );
    // It is needed until the host has rebooted, also if nothing is updated.
    host.program("dnf", "true");
    let (_, output, _) = host.patch("latest");
    assert!(output.contains("packages=0\nreboot=needed\n"), "{output}");
}

#[test]
fn common_libraries_need_a_reboot() {
    for (package, reboot) in [
        ("glibc-2.34-2.x86_64", "reboot=needed"),
        ("openssl-libs-3.2-1.x86_64", "reboot=needed"),
        ("glibc-doc-2.34-2.noarch", "reboot=not-needed"),
        ("git-2.40-1.x86_64", "reboot=not-needed"),
    ] {
        let host = Host::new("libraries", &format!("echo {package} >> packages"));
        let (_, output, _) = host.patch("latest");
        assert!(output.contains(reboot), "{package}: {output}");
    }
}

#[test]
fn the_package_manager_says_whether_a_reboot_is_needed() {
    let host = Host::new("hint", "true");
    host.program(
        "needs-restarting",
        "echo 'Core libraries or services have been updated since boot-up:'; echo '  * kernel'; echo '  * glibc'; echo; echo 'Reboot is required'; exit 1",
    );
    let (_, output, _) = host.patch("latest");
    assert!(
        output.ends_with("reboot=needed\nreason=updated since the last boot: kernel glibc"),
        "{output}"
    );
    host.program("needs-restarting", "echo 'Reboot should not be necessary.'");
    let (_, output, _) = host.patch("latest");
    assert!(output.ends_with("reboot=not-needed"), "{output}");
}

#[test]
fn a_failed_update_has_its_reason() {
    let host = Host::new(
        "failed",
        "echo 'Downloading'; echo 'Error: no space left' >&2; exit 1",
    );
    let (code, output, errors) = host.patch("latest");
    assert_eq!((code, output.as_str()), (Some(1), "from=2023.8.1"));
    assert_eq!(errors, "Error: no space left\n");
    assert_eq!(host.recorded(), "Error: no space left");
    // The release is not a word of the shell, and reaches no package manager.
    for release in ["", "newest", "2023.9", "latest; reboot"] {
        let (code, _, errors) = host.patch(release);
        assert_eq!(code, Some(2), "{release}");
        assert_eq!(errors, format!("invalid release: {release}\n"));
    }
}
