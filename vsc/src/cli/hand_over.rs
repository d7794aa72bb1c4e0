//! Every other command: the program `vsc` runs it on the assembly of this crate.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use vsc_core::file;
use vsc_spec::Diagnostic;
use vsc_spec::visible::one_line;

use super::entry::Entry;
use super::failure::Failure;
use super::output::Output;
use crate::assembly;

/// Reports to `vsc` how this program was called, for the commands in its messages.
const CALLED_AS: &str = "VSC_CALLED_AS";
/// Reports to `vsc` that it removes the folder of the assembly.
const TEMPORARY: &str = "VSC_TEMPORARY_APP";

/// Runs `vsc` with the arguments in place of this program, or reports why that is impossible.
pub(super) fn run(entries: &[Entry], arguments: &[OsString], output: Output) -> ExitCode {
    match hand_over(entries, arguments) {
        Ok(code) => code,
        Err(failure) => output.failed(&failure, super::arguments::has_json(arguments)),
    }
}

fn hand_over(entries: &[Entry], arguments: &[OsString]) -> Result<ExitCode, Failure> {
    // A config crate called `vsc` would call itself.
    let program = env::var_os(CALLED_AS).is_none().then(find).flatten();
    let program = program.ok_or_else(|| missing(arguments))?;
    let parent = env::temp_dir();
    let folder = file::private_folder(&parent, "vsc-assembly");
    let folder = folder.map_err(|error| Failure::of_file(&parent, error))?;
    let written = assembly::write(entries, &folder);
    let mut command = Command::new(&program);
    command
        .arg("--app")
        .arg(&folder)
        .args(arguments)
        .env(CALLED_AS, called_as())
        .env(TEMPORARY, &folder);
    let result = written
        .and_then(|()| replaced_by(command).map_err(|error| Failure::of_file(&program, error)));
    result.inspect_err(|_| {
        // The error is what matters.
        let _ = std::fs::remove_dir_all(&folder);
    })
}

/// Replaces this process, so that signals reach `vsc` alone.
#[cfg(unix)]
fn replaced_by(mut command: Command) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec())
}

#[cfg(not(unix))]
fn replaced_by(mut command: Command) -> std::io::Result<ExitCode> {
    let code = command.status()?.code();
    let code = code.and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}

/// The program `vsc`: beside this one, or in a folder of `PATH`.
fn find() -> Option<PathBuf> {
    let own = env::current_exe().ok();
    let beside = own.as_deref().and_then(Path::parent).map(PathBuf::from);
    let path = env::var_os("PATH");
    let path = path.iter().flat_map(env::split_paths);
    let name = format!("vsc{}", env::consts::EXE_SUFFIX);
    let mut candidates = beside
        .into_iter()
        .chain(path)
        .map(|folder| folder.join(&name));
    candidates.find(|file| file.is_file() && Some(file) != own.as_ref())
}

/// The error for a command without `vsc`.
fn missing(arguments: &[OsString]) -> Failure {
    let command = arguments
        .iter()
        .map(|argument| argument.to_string_lossy())
        .find(|argument| !argument.starts_with('-'));
    let message = match command {
        Some(command) => format!(
            "`{}` is a command of the program `vsc`, which is not installed",
            one_line(&command)
        ),
        None => "this is done by the program `vsc`, which is not installed".to_owned(),
    };
    Failure::Usage(Diagnostic::new(message).help(format!("run `{}`", installation())))
}

/// The command that installs `vsc` from where this library comes from.
fn installation() -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    let has = |name: &str| source.components().any(|part| part.as_os_str() == name);
    if has("registry") {
        let version = env!("CARGO_PKG_VERSION");
        format!("cargo install --locked vsc-cli@{version}")
    } else if has("checkouts") {
        let repository = env!("CARGO_PKG_REPOSITORY");
        format!("cargo install --locked --git {repository} vsc-cli")
    } else {
        let tool = source.with_file_name("vsc-cli");
        format!("cargo install --locked --path {}", tool.display())
    }
}

/// The call of this program: by cargo, or by its own name.
fn called_as() -> String {
    let by_cargo = env::var_os("CARGO_MANIFEST_DIR").is_some();
    let own = || Some(env::current_exe().ok()?.file_stem()?.to_str()?.to_owned());
    if by_cargo { None } else { own() }.unwrap_or_else(|| "cargo run --".to_owned())
}
