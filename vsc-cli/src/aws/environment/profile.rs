//! The profile files: `~/.aws/config` and `~/.aws/credentials`.

use std::env;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_runtime::env_config::section::EnvConfigSections;
use aws_runtime::env_config::source;
use aws_types::os_shim_internal::{Env, Fs};

use super::{Found, variable};
use crate::Failure;
use crate::text::shown;

/// The profiles, without empty keys.
#[derive(Debug)]
pub(crate) struct Profiles {
    /// The contents that the SDK reads instead of the files.
    pub(crate) files: EnvConfigFiles,
    /// The selected profile, if the command line or a variable selects one.
    pub(crate) name: Option<String>,
    sections: EnvConfigSections,
}

impl Profiles {
    /// Reads both files, and selects the profile of the command line or a variable.
    ///
    /// # Errors
    ///
    /// When a file cannot be read, or the profile does not exist.
    pub(super) async fn read(asked: Option<&str>) -> Result<Self, Failure> {
        let config = file("AWS_CONFIG_FILE", "config", EnvConfigFileKind::Config).await?;
        let credentials = file(
            "AWS_SHARED_CREDENTIALS_FILE",
            "credentials",
            EnvConfigFileKind::Credentials,
        )
        .await?;
        let files = EnvConfigFiles::builder()
            .with_contents(EnvConfigFileKind::Config, config)
            .with_contents(EnvConfigFileKind::Credentials, credentials)
            .build();
        let (name, origin) = named(asked);
        let selected = name.clone().unwrap_or_else(|| "default".to_owned());
        let sections = parsed(&files, selected.clone()).await;
        let sections = sections.map_err(|reason| Failure::input(format!("~/.aws: {reason}")))?;
        if name.is_some() && sections.get_profile(&selected).is_none() {
            let near = vsc_spec::suggest::did_you_mean(&selected, sections.profiles());
            let near = near.map(|near| format!("; {near}")).unwrap_or_default();
            return Err(Failure::input(format!(
                "{origin}: there is no profile `{selected}`{near}"
            )));
        }
        Ok(Self {
            files,
            name,
            sections,
        })
    }

    /// The value of a key of the selected profile.
    pub(super) fn get(&self, key: &str) -> Option<Found> {
        let value = self
            .sections
            .get(key)
            .filter(|value| !value.trim().is_empty())?;
        let profile = self.sections.selected_profile();
        Some(Found {
            value: value.to_owned(),
            origin: format!("`{key}` of the profile `{profile}`"),
        })
    }
}

/// The name of the profile and its origin.
fn named(asked: Option<&str>) -> (Option<String>, &'static str) {
    if let Some(name) = asked {
        return (Some(name.to_owned()), "--profile");
    }
    for name in ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] {
        if let Some(profile) = variable(name) {
            return (Some(profile), name);
        }
    }
    (None, "")
}

/// The text of a file without its empty keys; empty if it does not exist.
async fn file(name: &str, default: &str, kind: EnvConfigFileKind) -> Result<String, Failure> {
    let set = variable(name);
    let Some(path) = path(set.as_deref(), default) else {
        return Ok(String::new());
    };
    let failed = |reason: String| match &set {
        Some(_) => Failure::input(format!("{name}: {}: {reason}", shown(&path))),
        None => Failure::input(format!("{}: {reason}", shown(&path))),
    };
    let bytes = match fs::read(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(String::new()),
        read => read.map_err(|error| failed(error.to_string()))?,
    };
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        failed(format!("byte {} is not valid UTF-8", offset + 1))
    })?;
    let text = without_empty_keys(text.strip_prefix('\u{feff}').unwrap_or(&text));
    let alone = EnvConfigFiles::builder()
        .with_contents(kind, text.clone())
        .build();
    parsed(&alone, "default".to_owned()).await.map_err(failed)?;
    Ok(text)
}

/// The path of a file: that of its variable, with `~` for the home directory, or in `~/.aws`.
fn path(set: Option<&str>, default: &str) -> Option<PathBuf> {
    let home = env::home_dir();
    match set {
        None => Some(home?.join(".aws").join(default)),
        Some(path) => match (path.strip_prefix("~/"), home) {
            (Some(rest), Some(home)) => Some(home.join(rest)),
            _ => Some(Path::new(path).to_owned()),
        },
    }
}

async fn parsed(files: &EnvConfigFiles, profile: String) -> Result<EnvConfigSections, String> {
    let source = source::load(&Env::real(), &Fs::real(), files).await;
    let mut source = source.map_err(|error| error.to_string())?;
    source.profile = profile.into();
    EnvConfigSections::parse(source).map_err(|error| {
        // The message of the SDK names a file, which is empty here, and has two lines.
        let reason = error.to_string();
        let reason = reason.strip_prefix("error parsing  on ").unwrap_or(&reason);
        let parts: Vec<&str> = reason.lines().map(str::trim).collect();
        parts.join(" ")
    })
}

/// Removes keys without a value, which the SDK would treat as set. A key with indented lines below it
/// stays.
fn without_empty_keys(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    let is_indented = |line: &str| line.starts_with([' ', '\t']) && !line.trim().is_empty();
    while let Some(line) = lines.next() {
        let is_empty = line.split_once('=').is_some_and(|(key, value)| {
            !key.trim().is_empty()
                && !key.trim_start().starts_with(['#', ';', '['])
                && value.trim().is_empty()
        });
        let begins = !is_indented(line) && lines.peek().is_some_and(|next| is_indented(next));
        if !is_empty || begins {
            kept.push_str(line);
        }
        // Line numbers in errors stay correct.
        kept.push('\n');
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::path::PathBuf;

    use super::{named, path, without_empty_keys};

    #[test]
    fn a_profile_file_is_found_by_its_variable() {
        let home = env::home_dir().expect("there is a home folder");
        for (set, expected) in [
            (None, home.join(".aws/config")),
            (Some("~/other"), home.join("other")),
            (Some("/etc/aws"), PathBuf::from("/etc/aws")),
            (Some("~other/x"), PathBuf::from("~other/x")),
        ] {
            assert_eq!(path(set, "config"), Some(expected));
        }
        assert_eq!(named(Some("team")), (Some("team".to_owned()), "--profile"));
    }

    #[test]
    fn only_empty_keys_are_removed() {
        let text = "[profile a]\nregion =\nmax_attempts=3\n  output = \n# x =\n[services s]\ncloudformation =\n  endpoint_url = http://x\n  region =\n[b]\n=\n";
        assert_eq!(
            without_empty_keys(text),
            "[profile a]\n\nmax_attempts=3\n\n# x =\n[services s]\ncloudformation =\n  endpoint_url = http://x\n\n[b]\n=\n"
        );
    }
}
