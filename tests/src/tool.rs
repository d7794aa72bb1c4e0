//! The program `vsc`, as a user calls it.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::workspace;

/// The program.
///
/// # Panics
///
/// When it cannot be built.
pub fn vsc() -> Command {
    let mut command = Command::new(program("vsc"));
    alone(&mut command);
    command
}

/// Builds the program `vsc` beside the programs of config crates, which hand over to it.
///
/// # Panics
///
/// When it cannot be built.
pub fn build() {
    static BUILT: OnceLock<()> = OnceLock::new();
    BUILT.get_or_init(|| {
        // With the features of all tests, so that nothing is compiled for it that is not there: an
        // integration test of its package builds it as well.
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args([
            "test",
            "--quiet",
            "--workspace",
            "--no-run",
            "--test",
            "program",
        ]);
        let status = cargo.current_dir(workspace()).status();
        assert!(status.expect("cargo runs").success(), "vsc does not build");
    });
}

/// Hides the user's settings from a command: colours, the git repository of a hook, the AWS account,
/// the Docker engine; and builds the program to which config crates hand over.
///
/// # Panics
///
/// When that cannot be built.
pub fn alone(command: &mut Command) -> &mut Command {
    build();
    let theirs = ["AWS_", "GIT_", "CLICOLOR", "NO_COLOR", "DOCKER_", "VSC_"];
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if theirs.iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    let own = program("vsc");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = own.parent().map(PathBuf::from).into_iter();
    let path = std::env::join_paths(folders.chain(std::env::split_paths(&path)));
    // The user's git hooks and signing do not apply.
    command
        .env("PATH", path.expect("no folder has a colon"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
}

/// A program of this name, as cargo builds it for the tests.
pub fn program(name: &str) -> PathBuf {
    let name = format!("debug/{name}{}", std::env::consts::EXE_SUFFIX);
    target_folder().join(name)
}

/// Cargo in a crate outside of the workspace. It uses the workspace's target folder and profile, so that
/// only new code is compiled.
pub fn cargo_outside(folder: &std::path::Path) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    alone(&mut cargo).current_dir(folder);
    cargo.env("CARGO_TARGET_DIR", target_folder());
    cargo.env("CARGO_PROFILE_DEV_DEBUG", "true");
    cargo
}

fn target_folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| workspace().join("target"));
    std::path::absolute(target).expect("the working folder is known")
}
