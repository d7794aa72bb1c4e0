//! The requirements of the test, installed if missing.

use std::path::{Path, PathBuf};
use std::process::Command;

use vsc_tests::python::run;

use crate::{files, work_folder};

/// Programs and the Debian packages that contain them.
const PROGRAMS: [(&str, &str); 9] = [
    ("dockerd", "docker.io"),
    ("debootstrap", "debootstrap"),
    ("iptables", "iptables"),
    ("ip", "iproute2"),
    ("chromium", "chromium"),
    ("certutil", "libnss3-tools"),
    ("openssl", "openssl"),
    ("npm", "npm"),
    ("g++", "g++ make pkg-config"),
];

/// The second browser, which only one step needs.
const WEBKIT: [(&str, &str); 2] = [("WebKitWebDriver", "webkit2gtk-driver"), ("Xvfb", "xvfb")];

/// Installs the packages of missing programs.
pub(crate) fn packages() {
    install(&PROGRAMS);
}

/// Installs WebKit, its driver and a display for it.
pub(crate) fn webkit() {
    install(&WEBKIT);
}

/// The browser of WebKit that its driver starts; the folder has a version in its name.
pub(crate) fn mini_browser() -> PathBuf {
    let libraries = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"];
    libraries
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("MiniBrowser"))
        .find(|browser| browser.is_file())
        .expect("the driver depends on the browser")
}

fn install(programs: &[(&str, &str)]) {
    let missing: Vec<&str> = programs
        .iter()
        .filter(|(program, _)| find(program).is_none())
        .flat_map(|(_, packages)| packages.split_whitespace())
        .collect();
    if missing.is_empty() {
        return;
    }
    println!("installing {}", missing.join(", "));
    run(Command::new("apt-get").args(["update", "-qq"]));
    run(Command::new("apt-get")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(missing)
        .env("DEBIAN_FRONTEND", "noninteractive"));
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

/// The folder of the browser driver.
pub(crate) fn browser() -> PathBuf {
    let folder = work_folder().join("browser");
    std::fs::create_dir_all(&folder).expect("the folder of the browser can be made");
    for name in ["package.json", "drive.mjs"] {
        std::fs::copy(files().join("browser").join(name), folder.join(name))
            .expect("the files of the browser can be copied");
    }
    if !folder.join("node_modules/playwright-core").exists() {
        run(Command::new("npm")
            .args(["install", "--silent", "--ignore-scripts", "--prefix"])
            .arg(&folder)
            .current_dir(&folder));
    }
    folder
}

/// A certificate authority and its certificate for a domain and all names below.
pub(crate) struct Certificates {
    pub(crate) authority: PathBuf,
    pub(crate) certificate: PathBuf,
    pub(crate) private_key: PathBuf,
}

/// Creates new ones in a folder of this name.
pub(crate) fn certificates(domain: &str, name: &str) -> Certificates {
    lasting(domain, name, 20)
}

/// Creates ones that expire after this number of days, or expired a day ago: -1.
pub(crate) fn lasting(domain: &str, name: &str, days: i32) -> Certificates {
    let folder = work_folder().join("certificates").join(name);
    std::fs::create_dir_all(&folder).expect("the folder of the certificates can be made");
    run(Command::new("bash")
        .arg(files().join("certificates.sh"))
        .arg(domain)
        .arg(&folder)
        .arg(days.to_string()));
    Certificates {
        authority: folder.join("authority.pem"),
        certificate: folder.join("certificate.pem"),
        private_key: folder.join("private-key.pem"),
    }
}

/// Makes Chromium trust the authority. If it ignored certificate errors instead, service workers would
/// not run.
pub(crate) fn trust(authority: &Path, home: &Path) {
    let database = home.join(".pki/nssdb");
    let _ = std::fs::remove_dir_all(&database);
    std::fs::create_dir_all(&database).expect("the database can be made");
    let database = format!("sql:{}", database.display());
    run(Command::new("certutil").args(["-N", "--empty-password", "-d", &database]));
    run(Command::new("certutil")
        .args(["-A", "-t", "C,,", "-n", "authority", "-d", &database, "-i"])
        .arg(authority));
}
