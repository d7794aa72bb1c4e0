//! The packed files that are the same on every host. Unpacked they have nearly twice the size of a template
//! that CloudFormation accepts in a call (51,200 bytes); packed they take three quarters of it, so that the
//! template of a team goes through a bucket.
//!
//! `cargo xtask host-files` packs them, and a test compares the archive with them.

/// A file that is the same on every host.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct HostFile {
    /// The absolute path.
    pub path: &'static str,
    /// The content.
    pub content: &'static str,
    /// Whether it is executable.
    pub is_executable: bool,
}

/// [`HOST_FILES`] without their comments, compressed by bzip2 and encoded in base 85: a twentieth less than in
/// base 64.
pub(super) const ARCHIVE: &str = include_str!("host.b85");

/// What [`ARCHIVE`] adds to a hash of FNV-1a, by the low seven bits of the hash before it.
// Nobody reads what `cargo xtask host-files` computes.
#[allow(clippy::unreadable_literal)]
pub(super) static ARCHIVE_SUMS: [u64; 128] = include!("host.fnv");

/// The path to which `cfn-init` writes the archive.
pub(super) const PATH: &str = "/var/lib/vsc/host.b85";

/// Unpacks the archive, then moves each file to its path: no file is ever half-written, and a running
/// script continues unchanged. By Python, in which `cfn-init` is written.
pub const UNPACK: &str = r##"cd /var/lib/vsc && rm -rf host && python3 -c '
import base64, bz2, pathlib
packed = open("host.b85").read().replace(",", "$")
for file in bz2.decompress(base64.b85decode(packed)).decode().split("\0"):
    path, text = file.split("\n", 1)
    path = pathlib.Path("host" + path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o755 if text.startswith("#!") else 0o644)
' && cd host && sync --file-system . && find . -type d -exec mkdir -p /{} ';' && \
find . -type f -exec mv -fZ {} /{} ';' && ! find . -type f | grep ."##;

macro_rules! file {
    ($path:expr, $name:literal, $is_executable:literal) => {
        HostFile {
            path: $path,
            content: include_str!(concat!("files/", $name)),
            is_executable: $is_executable,
        }
    };
}

macro_rules! unit {
    ($name:literal) => {
        file!(concat!("/etc/systemd/system/", $name), $name, false)
    };
}

macro_rules! script {
    ($name:literal) => {
        file!(concat!("/usr/local/libexec/vsc/", $name), $name, true)
    };
}

macro_rules! login {
    ($name:literal) => {
        login!($name, $name)
    };
    ($path:literal, $name:literal) => {
        file!(
            concat!("/usr/local/libexec/vsc/login/", $path),
            $name,
            false
        )
    };
}

/// The script that installs dotfiles within a workspace.
pub const DOTFILES: &str = "/usr/local/libexec/vsc/dotfiles";

/// The files that are the same on every host.
pub const HOST_FILES: &[HostFile] = &[
    file!("/etc/sysctl.d/60-vsc.conf", "limits.conf", false),
    file!(
        "/etc/systemd/journald.conf.d/vsc.conf",
        "journald.conf",
        false
    ),
    file!(
        "/etc/systemd/journald@workspaces.conf",
        "journald-workspaces.conf",
        false
    ),
    file!(DOTFILES, "dotfiles", false),
    unit!("vsc-apply.service"),
    unit!("vsc-apply.timer"),
    unit!("vsc-certificates.path"),
    unit!("vsc-certificates.service"),
    unit!("vsc-door@.service"),
    unit!("vsc-door@.socket"),
    unit!("vsc-equip@.service"),
    unit!("vsc-firewall.service"),
    unit!("vsc-home@.service"),
    unit!("vsc-homes.service"),
    unit!("vsc-login.service"),
    unit!("vsc-page.service"),
    unit!("vsc-page.timer"),
    unit!("vsc-proxy.service"),
    unit!("vsc-recheck.service"),
    unit!("vsc-recheck.timer"),
    unit!("vsc-renew.service"),
    unit!("vsc-renew.timer"),
    unit!("vsc-shares@.path"),
    unit!("vsc-shares@.service"),
    unit!("vsc-update.service"),
    unit!("vsc-update.timer"),
    unit!("vsc-workspace@.service"),
    script!("account"),
    script!("apply"),
    script!("audit"),
    script!("certificate"),
    script!("cut"),
    script!("departed"),
    script!("equip"),
    script!("fetch-certificates"),
    script!("firewall"),
    script!("home"),
    script!("homes"),
    script!("images"),
    script!("issued"),
    login!("login-form.conf"),
    login!("login-oidc.conf"),
    login!("login-oidc-session.conf"),
    login!("login-ports.conf"),
    login!("login-provider.conf"),
    login!("login-server.conf"),
    login!("login-sessions.conf"),
    login!("pages/page.html", "login-page.html"),
    login!("pages/style.css", "login-style.css"),
    script!("logins"),
    script!("memory"),
    script!("metadata"),
    script!("pull"),
    script!("ready"),
    script!("recheck"),
    script!("renew"),
    script!("report"),
    script!("reserve"),
    script!("retry"),
    script!("revoke"),
    file!("/usr/local/libexec/vsc/settings", "settings", false),
    script!("routers"),
    script!("sessions"),
    script!("settle"),
    script!("share"),
    script!("shares"),
    script!("start"),
    script!("step"),
    script!("store-certificates"),
    script!("system"),
    script!("takeover"),
    script!("unmount-homes"),
    script!("page"),
    script!("provider"),
    script!("update"),
];
