//! A script of the host in a folder of its own, without root: its paths are replaced.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use vsc_core::team_ide::HOST_FILES;
use vsc_tests::work_folder;

/// The number of folders, since tests run in parallel.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// The folders of the host, and their names in that of the script.
const FOLDERS: [(&str, &str); 4] = [
    ("/var/log/vsc", "log"),
    ("/var/lib/vsc", "lib"),
    ("/etc/vsc", "etc"),
    ("/usr/local/libexec/vsc", "bin"),
];

/// A folder with scripts of the host, and a team of alice and bob.
pub(crate) struct Script {
    folder: PathBuf,
}

impl Script {
    /// A script, in which these texts are replaced as well.
    pub(crate) fn new(name: &str, replaced: &[(&str, &str)]) -> Self {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = work_folder().join(format!("{name}-{}-{number}", std::process::id()));
        let script = Self { folder };
        script.install(name, replaced);
        script.write("etc/users", "alice\nbob\n");
        script.write("etc/workspaces/alice.env", "EMAIL=\"alice@x.com\"\n");
        script
    }

    /// Adds a script of the host.
    pub(crate) fn install(&self, name: &str, replaced: &[(&str, &str)]) {
        let path = format!("/usr/local/libexec/vsc/{name}");
        let script = HOST_FILES.iter().find(|file| file.path == path);
        let mut text = script.expect("it is a file of the host").content.to_owned();
        for (path, own) in FOLDERS {
            text = text.replace(path, &self.path(own).display().to_string());
        }
        for (old, new) in replaced {
            assert!(text.contains(old), "{old}");
            text = text.replace(old, new);
        }
        self.write(&format!("bin/{name}"), &text);
    }

    /// Writes an executable file.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        let folder = path.parent().expect("it is in the folder");
        fs::create_dir_all(folder).expect("it can be made");
        fs::write(&path, text).expect("it can be written");
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it is ours");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The text of a file; none if there is no such file.
    pub(crate) fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path(name)).ok()
    }

    /// A call of a script by its own interpreter.
    pub(crate) fn command(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.path(&format!("bin/{name}")));
        command.args(arguments);
        command
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
