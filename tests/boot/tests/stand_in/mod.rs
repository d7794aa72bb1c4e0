//! A host as its scripts see it: a root folder, processes and mounts of its own, with the scripts of the
//! product, and with disks that are loop devices. Programs that a test does not need, such as `systemctl`,
//! are stand-ins. It needs root.

use std::cell::RefCell;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

use vsc_core::team_ide::HOST_FILES;
use vsc_tests::python::run;
use vsc_tests::workspace;

/// The programs that are not the real ones, by name.
const PROGRAMS: [(&str, &str); 6] = [
    // What a test lists in /state/units runs; calls are in /state/systemctl.
    (
        "systemctl",
        "echo \"$*\" >> /state/systemctl\ncase $1 in list-units) cat /state/units 2> /dev/null ;; is-active) exit 3 ;; esac\nexit 0",
    ),
    ("docker", "exit 1"),
    ("journalctl", "exit 0"),
    // The metadata service.
    (
        "curl",
        "case \"${!#}\" in */instance-id) cat /state/me ;; */ami-id) echo ami-1 ;; *) echo token ;; esac",
    ),
    // The volume is attached wherever the test attaches it.
    (
        "aws",
        "case $2 in describe-volumes) echo \"$(cat /state/holder 2> /dev/null || echo None) attached\" ;; *) echo \"$*\" >> /state/aws ;; esac",
    ),
    ("sleep", "exec /bin/sleep 0.05"),
];

/// The scripts that the tool sends to the host.
const TOOL_SCRIPTS: [&str; 4] = ["export", "homes-report", "purge", "restore"];

fn tool_script(name: &str) -> String {
    let path = workspace().join("vsc-cli/src/aws/scripts").join(name);
    fs::read_to_string(path).expect("the tool has the script")
}

/// Counts the commands of all scripts, and kills all of them before the n-th one. Each is a character of a
/// file, since appending needs no lock.
const KILLER: &str = "if [ -e /state/kill ]; then
  set -T
  trap 'printf . >> /state/kill; read -r vsc_count < /state/kill || true; read -r vsc_at < /state/kill-at; [ ${#vsc_count} -lt $vsc_at ] || kill -KILL 0' DEBUG
fi
";

/// The number of hosts that were booted, since tests run in parallel.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// A file as a block device.
#[derive(Debug)]
pub(crate) struct Disk {
    pub(crate) file: PathBuf,
    pub(crate) device: String,
}

impl Disk {
    /// A new disk of a size in MiB.
    pub(crate) fn new(folder: &Path, name: &str, mib: u64) -> Self {
        let file = folder.join(name);
        let _ = fs::remove_file(&file);
        fs::File::create(&file)
            .and_then(|file| file.set_len(mib << 20))
            .expect("the disk can be made");
        Self::of(file)
    }

    /// The disk of a file.
    pub(crate) fn of(file: PathBuf) -> Self {
        let device = line(
            Command::new("losetup")
                .args(["--find", "--show"])
                .arg(&file),
        );
        Self { file, device }
    }

    /// What would be on it after a power failure now, or in a snapshot: a copy.
    pub(crate) fn snapshot(&self, name: &str) -> Self {
        let file = self.file.with_file_name(name);
        run(Command::new("cp")
            .arg("--sparse=always")
            .args([&self.file, &file]));
        Self::of(file)
    }

    /// Asserts that the file system has no errors, and that those of the homes on it have none.
    pub(crate) fn assert_clean(&self) {
        let check = "set -eu
            e2fsck -f -n $1 > $2.log 2>&1 || { cat $2.log; exit 1; }
            mkdir -p $2; mount -o ro $1 $2; trap 'umount $2' EXIT
            count=0
            for image in $2/.homes/*.ext4; do
              e2fsck -f -n $image > $2.log 2>&1 || { echo $image; cat $2.log; exit 1; }
              count=$((count + 1))
            done
            [ $count -gt 0 ]";
        let folder = self.file.with_extension("checked");
        let output = Command::new("bash")
            .args(["-c", check, "check", &self.device])
            .arg(folder)
            .output()
            .expect("bash runs");
        assert!(output.status.success(), "{}", text(&output));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("losetup")
            .args(["--detach", &self.device])
            .output();
        let _ = fs::remove_file(&self.file);
    }
}

/// A running stand-in.
#[derive(Debug)]
pub(crate) struct Host {
    init: Child,
    id: String,
    folder: PathBuf,
    root: Disk,
    /// The device of the attached volume.
    attached: RefCell<Option<String>>,
}

impl Host {
    /// Boots a new host with a team.
    pub(crate) fn new(users: &[&str]) -> Self {
        assert_eq!(
            line(Command::new("id").arg("-u")),
            "0",
            "this test needs root"
        );
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        // In memory, since each fault waits for its disks many times.
        let folder = PathBuf::from(format!(
            "/dev/shm/vsc-homes-{}-{number}",
            std::process::id()
        ));
        fs::create_dir_all(&folder).expect("the folder can be made");
        let root = Disk::new(&folder, "root", 2048);
        run(Command::new("mkfs.ext4").args(["-q", "-m", "0", &root.device]));
        let (init, id) = boot(&folder, &root);
        let host = Self {
            init,
            id,
            folder,
            root,
            attached: RefCell::default(),
        };
        host.install();
        host.team(users, 48);
        host
    }

    fn install(&self) {
        self.ok("mkdir -p /opt/stub /state /etc/vsc/workspaces /var/lib/vsc /run/vsc; echo i-new > /state/me");
        for file in HOST_FILES {
            let mode = if file.is_executable { 0o755 } else { 0o644 };
            self.write(file.path, file.content, mode);
        }
        for name in TOOL_SCRIPTS {
            self.write(
                &format!("/usr/local/libexec/vsc/{name}"),
                &tool_script(name),
                0o755,
            );
        }
        for (name, script) in PROGRAMS {
            let script = format!("#!/bin/bash\n{script}\n");
            self.write(&format!("/opt/stub/{name}"), &script, 0o755);
        }
        self.write("/opt/killer", KILLER, 0o644);
    }

    /// Makes this the team: each home has a share in MiB.
    pub(crate) fn team(&self, users: &[&str], share: u64) {
        let mut list = String::new();
        for (index, user) in users.iter().enumerate() {
            list += user;
            list.push('\n');
            let settings = format!("ACCOUNT={}\nHOME_SHARE={share}\n", 20_000 + index);
            self.write(&format!("/etc/vsc/workspaces/{user}.env"), &settings, 0o644);
        }
        self.write("/etc/vsc/users", &list, 0o644);
    }

    /// Attaches a volume as /dev/sdf, of which the settings name the size in GiB.
    pub(crate) fn attach(&self, volume: &Disk, gib: u64) {
        let settings = format!("HOMES_VOLUME=vol-1\nHOMES_GIB={gib}\n");
        self.write("/etc/vsc/host.env", &settings, 0o644);
        self.ok(&format!("ln -sfn {} /dev/sdf", volume.device));
        *self.attached.borrow_mut() = Some(volume.device.clone());
    }

    /// Detaches what is attached.
    pub(crate) fn detach(&self) {
        self.ok("rm -f /dev/sdf");
        *self.attached.borrow_mut() = None;
    }

    /// Ends all processes and mounts, and boots again.
    pub(crate) fn reboot(&mut self) {
        self.end();
        (self.init, self.id) = boot(&self.folder, &self.root);
        self.ok("mkdir -p /run/vsc");
        if let Some(device) = &*self.attached.borrow() {
            self.ok(&format!("ln -sfn {device} /dev/sdf"));
        }
    }

    fn end(&mut self) {
        let _ = self.init.kill();
        let _ = self.init.wait();
        // The kernel unmounts in the background.
        for _ in 0..200 {
            let left = Command::new("e2fsck")
                .args(["-p", &self.root.device])
                .output();
            if left.is_ok_and(|output| output.status.code().is_some_and(|code| code < 4)) {
                break;
            }
            sleep(Duration::from_millis(50));
        }
    }

    /// A folder for disks.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a shell line on the host.
    pub(crate) fn sh(&self, line: &str) -> Output {
        self.command(line).output().expect("nsenter runs")
    }

    /// The command that runs a shell line on the host.
    pub(crate) fn command(&self, line: &str) -> Command {
        let mut command = Command::new("timeout");
        command
            .args(["--kill-after=5", "120", "nsenter"])
            .args(["--target", &self.id, "--mount", "--pid"])
            .args(["--", "chroot"])
            .arg(self.folder.join("merged"))
            .args(["setsid", "--wait", "bash", "-c", line])
            .env_clear()
            .env(
                "PATH",
                "/opt/stub:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            )
            .stdin(Stdio::null());
        command
    }

    /// Runs a shell line, and returns its output.
    ///
    /// # Panics
    ///
    /// When it fails.
    pub(crate) fn ok(&self, line: &str) -> String {
        let output = self.sh(line);
        assert!(output.status.success(), "{line}: {}", text(&output));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Runs a shell line that has to fail, and returns its last message.
    pub(crate) fn fails(&self, line: &str) -> String {
        let output = self.sh(line);
        assert!(
            !output.status.success(),
            "{line} succeeds: {}",
            text(&output)
        );
        let errors = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        errors.lines().last().unwrap_or_default().to_owned()
    }

    /// Runs a shell line whose scripts are all killed before their n-th command; returns whether they were.
    ///
    /// # Panics
    ///
    /// When it fails by itself.
    pub(crate) fn killed_at(&self, count: u32, line: &str) -> bool {
        self.ok(&format!("echo {count} > /state/kill-at; : > /state/kill"));
        let output = self.command(line).env("BASH_ENV", "/opt/killer").output();
        let output = output.expect("nsenter runs");
        let was_killed = self
            .ok("[ $(stat -c %s /state/kill) -lt $(cat /state/kill-at) ] || echo killed")
            == "killed";
        assert!(
            was_killed || output.status.success(),
            "{line}: {}",
            text(&output)
        );
        was_killed
    }

    /// Writes a file.
    ///
    /// # Panics
    ///
    /// When it cannot be written.
    pub(crate) fn write(&self, path: &str, content: &str, mode: u32) {
        let path = seen_in(&self.id, &self.folder)
            .join("merged")
            .join(path.trim_start_matches('/'));
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, content))
            .and_then(|()| fs::set_permissions(&path, fs::Permissions::from_mode(mode)))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }
}

/// The path of a folder in the mounts of a process.
fn seen_in(id: &str, folder: &Path) -> PathBuf {
    let folder = folder.strip_prefix("/").unwrap_or(folder);
    Path::new("/proc").join(id).join("root").join(folder)
}

impl Drop for Host {
    fn drop(&mut self) {
        self.end();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Starts the first process of a host, and returns it with its ID.
fn boot(folder: &Path, root: &Disk) -> (Child, String) {
    let script = "set -eu
        cd $1
        mkdir -p disk merged
        mount $2 disk
        mkdir -p disk/upper disk/work
        mount -t overlay overlay -o lowerdir=/,upperdir=disk/upper,workdir=disk/work merged
        mount -t proc proc merged/proc
        mount --rbind /sys merged/sys
        mount -t tmpfs tmpfs merged/run
        mount -t tmpfs tmpfs merged/dev
        for node in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0 loop-control:10:237; do
          mknod -m 0666 merged/dev/${node%%:*} c $(echo ${node#*:} | tr : ' ')
        done
        for number in $(seq 0 127); do mknod -m 0660 merged/dev/loop$number b 7 $number; done
        ln -s /proc/self/fd merged/dev/fd
        touch merged/run/booted
        exec sleep infinity";
    let mut init = Command::new("unshare")
        .args([
            "--mount",
            "--propagation",
            "private",
            "--pid",
            "--fork",
            "--kill-child=KILL",
        ])
        .args(["bash", "-c", script, "boot"])
        .arg(folder)
        .arg(&root.device)
        .stdin(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("unshare starts");
    for _ in 0..600 {
        let child = Command::new("pgrep")
            .args(["--parent", &init.id().to_string()])
            .output();
        let id = child.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        if let Ok(id) = id
            && seen_in(&id, folder).join("merged/run/booted").exists()
        {
            return (init, id);
        }
        sleep(Duration::from_millis(50));
    }
    let _ = init.kill();
    let _ = init.wait();
    panic!("the stand-in does not boot")
}

/// The output of a command in one line.
fn line(command: &mut Command) -> String {
    String::from_utf8_lossy(&run(command).stdout)
        .trim()
        .to_owned()
}

/// The output of a command and its errors.
pub(crate) fn text(output: &Output) -> String {
    format!(
        "{}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}
