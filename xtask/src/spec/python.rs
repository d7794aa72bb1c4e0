//! Python packages, each installed for itself.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::source::Source;

/// The program that reads the metadata of a wheel.
const WHEEL: &str = include_str!("wheel.py");

/// Installs packages below a folder, once for each version.
pub(super) struct Installer {
    folder: PathBuf,
    python: PathBuf,
}

/// An installed package.
pub(super) struct Package {
    pub(super) version: String,
    /// The day of the newest file in its wheel.
    pub(super) date: String,
    pub(super) python: Python,
}

/// Python with a package that it can import.
pub(super) struct Python {
    python: PathBuf,
    /// Where the package is.
    pub(super) site: PathBuf,
}

impl Installer {
    /// An environment of its own for pip, which not every Python has.
    pub(super) fn new(folder: PathBuf) -> Result<Self, String> {
        let environment = folder.join("python");
        let python = environment.join("bin/python");
        // The Python that made it may be gone.
        if !environment.join("complete").exists() || !python.exists() {
            run(Command::new("python3")
                .args(["-m", "venv", "--clear"])
                .arg(&environment))?;
            write(&environment.join("complete"), "")?;
        }
        Ok(Self { folder, python })
    }

    /// The package at a version, or at its newest.
    pub(super) fn install(
        &self,
        source: &Source,
        version: Option<&str>,
    ) -> Result<Package, String> {
        let newest;
        let version = match version {
            Some(version) => version,
            None => {
                newest = self.newest(source)?;
                &newest
            }
        };
        let folder = self.folder.join(format!("{}-{version}", source.name));
        let (site, stated) = (folder.join("site"), folder.join("wheel.json"));
        if !stated.exists() {
            clear(&folder)?;
            let requirement = format!("{}=={version}", source.name);
            let wheel = self.download(&requirement, &folder)?;
            let mut pip = self.pip("install");
            if !source.is_imported {
                pip.arg("--no-deps");
            }
            run(pip.arg("--target").arg(&site).arg(&wheel))?;
            write(&stated, &self.metadata(&wheel)?)?;
        }
        let stated = fs::read_to_string(&stated).map_err(|error| error.to_string())?;
        let date = checked(source, version, &stated)?;
        Ok(Package {
            version: version.to_owned(),
            date,
            python: Python {
                python: self.python.clone(),
                site,
            },
        })
    }

    fn newest(&self, source: &Source) -> Result<String, String> {
        let folder = self.folder.join(format!("{}-newest", source.name));
        clear(&folder)?;
        let wheel = self.download(source.name, &folder)?;
        let stated = self.metadata(&wheel)?;
        member(&stated, "version").ok_or_else(|| format!("{}: no version", wheel.display()))
    }

    fn download(&self, requirement: &str, folder: &Path) -> Result<PathBuf, String> {
        let mut pip = self.pip("download");
        run(pip
            .arg("--no-deps")
            .arg("--dest")
            .arg(folder)
            .arg(requirement))?;
        let files = fs::read_dir(folder).map_err(|error| error.to_string())?;
        files
            .filter_map(Result::ok)
            .map(|file| file.path())
            .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
            .ok_or_else(|| format!("{requirement}: pip downloaded no wheel"))
    }

    fn metadata(&self, wheel: &Path) -> Result<String, String> {
        run(Command::new(&self.python).args(["-c", WHEEL]).arg(wheel))
    }

    fn pip(&self, command: &str) -> Command {
        let mut pip = Command::new(&self.python);
        pip.args([
            "-m",
            "pip",
            command,
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(["--only-binary", ":all:"]);
        pip
    }
}

impl Python {
    /// What a program prints.
    pub(super) fn run(&self, program: &str) -> Result<String, String> {
        let mut python = Command::new(&self.python);
        run(python.args(["-c", program]).env("PYTHONPATH", &self.site))
    }
}

/// The date of a wheel whose version and licence are as expected.
fn checked(source: &Source, version: &str, stated: &str) -> Result<String, String> {
    let name = source.name;
    let found = member(stated, "version").unwrap_or_default();
    if found != version {
        return Err(format!(
            "{name}: pip installed {found} instead of {version}"
        ));
    }
    let licence = member(stated, "licence").unwrap_or_default();
    if licence != source.licence {
        return Err(format!(
            "{name} {version}: its licence is `{licence}`, and was {}\n\
             help: read it, then write it into `xtask/src/spec/source.rs`",
            source.licence
        ));
    }
    member(stated, "date").ok_or_else(|| format!("{name} {version}: its wheel has no date"))
}

fn member(json: &str, name: &str) -> Option<String> {
    let json: Value = serde_json::from_str(json).ok()?;
    json[name].as_str().map(str::to_owned)
}

fn clear(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

fn run(command: &mut Command) -> Result<String, String> {
    let output = command.output().map_err(|error| {
        format!(
            "{}: {error}\nhelp: install Python 3 with `venv`",
            command.get_program().display()
        )
    })?;
    if !output.status.success() {
        return Err(format!(
            "{command:?}: {}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    String::from_utf8(output.stdout).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::source::MOTO;
    use super::*;

    #[test]
    fn a_wheel_of_another_version_or_licence_is_rejected() {
        let stated = |version: &str, licence: &str| {
            format!(r#"{{"version": "{version}", "licence": "{licence}", "date": "2026-10-27"}}"#)
        };
        let date = checked(&MOTO, "5.2.5", &stated("5.2.5", "Apache-2.0"));
        assert_eq!(date.as_deref(), Ok("2026-10-27"));
        assert_eq!(
            checked(&MOTO, "5.2.5", &stated("5.2.4", "Apache-2.0")),
            Err("moto: pip installed 5.2.4 instead of 5.2.5".to_owned())
        );
        assert_eq!(
            checked(&MOTO, "5.2.5", &stated("5.2.5", "BUSL-1.1")),
            Err(
                "moto 5.2.5: its licence is `BUSL-1.1`, and was Apache-2.0\n\
                 help: read it, then write it into `xtask/src/spec/source.rs`"
                    .to_owned()
            )
        );
        assert_eq!(
            checked(
                &MOTO,
                "5.2.5",
                r#"{"version": "5.2.5", "licence": "Apache-2.0"}"#
            ),
            Err("moto 5.2.5: its wheel has no date".to_owned())
        );
    }

    #[test]
    fn a_program_that_fails_is_named_with_what_it_prints() {
        let error = run(Command::new("sh").args(["-c", "echo nothing there >&2; exit 3"]));
        let error = error.expect_err("it fails");
        assert!(error.contains("exit status: 3\nnothing there"), "{error}");
        let error = run(&mut Command::new("no-such-python")).expect_err("it is not there");
        assert!(
            error.ends_with("\nhelp: install Python 3 with `venv`"),
            "{error}"
        );
    }
}
