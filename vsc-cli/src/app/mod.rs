//! The app: where the assembly comes from.

mod crate_folder;
pub(crate) mod program;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::process::Command;

use vsc_core::file;

use crate::Failure;
use crate::assembly::{self, Assembly};
use crate::failure::Hint;
use crate::text::shown;

/// The variable in which a config crate reports how it was called.
pub(crate) const CALLED_AS: &str = "VSC_CALLED_AS";

/// The variable in which a config crate names the folder of its assembly, which is removed after it was
/// read.
const TEMPORARY: &str = "VSC_TEMPORARY_APP";

/// The name of a temporary folder for an assembly, as config crates make it, too.
const FOLDER: &str = "vsc-assembly";

/// An app, which is run or read when a command first needs its stacks.
#[derive(Debug, Default)]
pub(crate) struct App {
    source: Option<Source>,
    assembly: OnceCell<Assembly>,
}

/// Where an assembly comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// A folder or file that was written before.
    Written(PathBuf),
    /// The program of a config crate.
    Program(PathBuf),
    /// The folder of a config crate, which cargo builds and runs.
    Crate(PathBuf),
}

impl App {
    /// The app of `--app`, or else that of the working folder, if there is one.
    ///
    /// # Errors
    ///
    /// When `--app` names something else.
    pub(crate) fn find(named: Option<&Path>) -> Result<Self, Failure> {
        let source = match named {
            Some(path) => Some(Source::named(path)?),
            None => crate_folder::find().map(Source::Crate),
        };
        Ok(Self {
            source,
            assembly: OnceCell::new(),
        })
    }

    /// An app whose assembly is known.
    pub(crate) fn of(assembly: Assembly) -> Self {
        Self {
            source: Some(Source::Written(PathBuf::new())),
            assembly: OnceCell::from(assembly),
        }
    }

    /// Whether there is an app.
    pub(crate) fn exists(&self) -> bool {
        self.source.is_some()
    }

    /// Whether its assembly is there without building anything.
    pub(crate) fn is_written(&self) -> bool {
        matches!(self.source, Some(Source::Written(_)))
    }

    /// The assembly.
    ///
    /// # Errors
    ///
    /// When there is no app, it does not build, rejects its declarations or writes another format.
    pub(crate) fn assembly(&self) -> Result<&Assembly, Failure> {
        if let Some(assembly) = self.assembly.get() {
            return Ok(assembly);
        }
        let assembly = self.synthesize()?;
        Ok(self.assembly.get_or_init(|| assembly))
    }

    /// Runs one of the app's own commands.
    ///
    /// # Errors
    ///
    /// When there is no program to run, or it fails.
    pub(crate) fn run(&self, name: &str, arguments: &[&String]) -> Result<(), Failure> {
        let (mut command, app) = match &self.source {
            None => return Err(missing()),
            Some(Source::Written(path)) => {
                return Err(Failure::usage(format!(
                    "`{name}` is a command of the config crate, and {} was written by one",
                    shown(path)
                ))
                .hint("run it in the folder of the crate"));
            }
            Some(Source::Program(path)) => (Command::new(path), path),
            Some(Source::Crate(folder)) => (cargo(folder), folder),
        };
        command.arg(name).args(arguments);
        let status = command.status();
        match status.map_err(|error| Failure::input(format!("{}: {error}", shown(app))))? {
            status if status.success() => Ok(()),
            // The app has reported why.
            status => Err(Failure::ended(
                status
                    .code()
                    .and_then(|code| u8::try_from(code).ok())
                    .unwrap_or(1),
            )),
        }
    }

    /// The assembly of the app as it is now.
    ///
    /// # Errors
    ///
    /// As for [`App::assembly`].
    pub(crate) fn synthesize(&self) -> Result<Assembly, Failure> {
        match &self.source {
            None => Err(missing()),
            Some(Source::Written(path)) => {
                let folder = Temporary::of(path);
                let assembly = assembly::read(path);
                drop(folder);
                assembly
            }
            Some(Source::Program(path)) => run(Command::new(path), path),
            Some(Source::Crate(folder)) => run(cargo(folder), folder),
        }
    }
}

/// Cargo, which builds and runs the crate in a folder.
fn cargo(folder: &Path) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    let manifest = folder.join("Cargo.toml");
    command.args(["run", "--quiet", "--manifest-path"]);
    command.arg(manifest).arg("--");
    command
}

fn missing() -> Failure {
    Failure::usage("there is no config crate here")
        .hint("run it in the folder of a config crate, or pass one: `--app DIR`")
        .hint("create one with `vsc new NAME`")
}

impl Source {
    fn named(path: &Path) -> Result<Self, Failure> {
        let absolute = || std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if path.join(assembly::FILE).is_file() {
            return Ok(Self::Written(path.to_owned()));
        }
        if path.join("Cargo.toml").is_file() {
            return Ok(Self::Crate(absolute()));
        }
        if !path.exists() {
            return Err(Failure::usage(format!(
                "--app {}: no such file or folder",
                shown(path)
            )));
        }
        if path.is_dir() {
            return Err(Failure::usage(format!(
                "--app {}: the folder has neither {} nor Cargo.toml",
                shown(path),
                assembly::FILE
            ))
            .hint(
                Hint::run(
                    "pass the folder of a config crate, or one that",
                    &["synth", "--output", "DIR"],
                )
                .then(" wrote"),
            ));
        }
        if path.extension().is_some_and(|it| it == "json") {
            return Ok(Self::Written(path.to_owned()));
        }
        let extension = path.extension().and_then(|it| it.to_str());
        if extension.is_some_and(|it| ["yaml", "yml", "template"].contains(&it)) {
            return Err(Failure::usage(format!(
                "--app {}: it is a template, not an app",
                shown(path)
            ))
            .hint("pass templates to the commands that accept them: check, diff, graph, deploy, convert"));
        }
        Ok(Self::Program(absolute()))
    }
}

/// Runs a config crate, and reads the assembly that it writes. The command may build the crate first, and
/// ends with `--`.
///
/// # Errors
///
/// When it fails; it has reported why. When what it wrote cannot be read.
pub(crate) fn run(mut command: Command, app: &Path) -> Result<Assembly, Failure> {
    let parent = std::env::temp_dir();
    let folder = file::private_folder(&parent, FOLDER)
        .map_err(|error| Failure::input(format!("{}: {error}", shown(&parent))))?;
    let folder = Temporary(Some(folder));
    let path = folder.0.clone().unwrap_or_default();
    command.args(["assemble", "--output"]).arg(&path);
    // What a config crate reports to this program is not meant for another one.
    command.env_remove(TEMPORARY).env_remove(CALLED_AS);
    let status = command
        .stdin(std::process::Stdio::null())
        .status()
        .map_err(|error| Failure::input(format!("{}: {error}", shown(app))))?;
    if !status.success() {
        return Err(
            Failure::input(format!("{} could not be synthesized", shown(app))).hint(
                "if it does not know the command `assemble`, run `cargo update -p vsc` in it",
            ),
        );
    }
    let assembly = assembly::read(&path);
    drop(folder);
    assembly
}

/// The folder of the assembly that a config crate wrote for this process, which is removed when this is
/// dropped, also if no command has read it.
pub(crate) fn handed_over() -> Temporary {
    let folder = std::env::var_os(TEMPORARY).map(PathBuf::from);
    let is_made = |folder: &PathBuf| {
        let name = folder.file_name().map(|name| name.to_string_lossy());
        name.is_some_and(|name| name.contains(FOLDER))
    };
    Temporary(folder.filter(is_made))
}

/// A folder that is removed after its assembly was read.
pub(crate) struct Temporary(Option<PathBuf>);

impl Temporary {
    /// The folder, if a config crate wrote it for this program alone.
    fn of(path: &Path) -> Self {
        let mut folder = handed_over();
        if folder.0.as_deref() != Some(path) {
            folder.0 = None;
        }
        folder
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Some(folder) = &self.0 {
            // A leftover in the folder for temporary files is removed at the next restart.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}
