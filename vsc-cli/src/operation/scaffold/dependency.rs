//! The dependency on `vsc` of a new crate.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};

use vsc_spec::visible::{is_hidden, one_line};

use crate::Failure;
use crate::text::shown;

/// The source of the dependency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dependency {
    /// A folder on this machine.
    Path(PathBuf),
    /// A git repository, and a commit in it.
    Git { url: String, rev: Option<String> },
    /// The registry, with a version requirement.
    Version(String),
}

impl Dependency {
    /// The source of this program.
    pub(crate) fn of_program() -> Self {
        let library = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("vsc");
        Self::built_from(&library, library.exists())
    }

    /// A git repository, and the commit behind `#`.
    pub(crate) fn of_git(text: &str) -> Self {
        let (url, rev) = match text.split_once('#') {
            Some((url, rev)) => (url, Some(rev.to_owned())),
            None => (text, None),
        };
        let url = url.to_owned();
        Self::Git { url, rev }
    }

    /// The folder of the crate vsc, or of its repository.
    ///
    /// # Errors
    ///
    /// When it is neither.
    pub(crate) fn of_folder(path: &Path) -> Result<Self, Failure> {
        let inside = path.join("vsc");
        let folder = if inside.join("Cargo.toml").exists() {
            inside
        } else {
            path.to_owned()
        };
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        if !manifest.lines().any(|line| line.trim() == "name = \"vsc\"") {
            return Err(Failure::usage(format!(
                "{} is not the folder of the crate vsc",
                shown(path)
            ))
            .hint("pass the path of a checkout, or of its folder vsc"));
        }
        let folder = std::path::absolute(&folder)
            .map_err(|error| Failure::input(format!("{}: {error}", shown(folder))))?;
        Ok(Self::Path(folder))
    }

    /// The source of the library in this folder, beside that of this program.
    fn built_from(folder: &Path, is_there: bool) -> Self {
        let parts: Vec<&str> = folder.iter().filter_map(|part| part.to_str()).collect();
        // Cargo keeps repositories in `git/checkouts/NAME-HASH/REV`, packages in `registry/src`.
        let rev = parts.windows(4).find_map(|parts| match parts {
            ["git", "checkouts", _, rev] => Some((*rev).to_owned()),
            _ => None,
        });
        if let Some(rev) = rev {
            return Self::Git {
                url: env!("CARGO_PKG_REPOSITORY").to_owned(),
                rev: Some(rev),
            };
        }
        let is_package = parts.windows(2).any(|parts| parts == ["registry", "src"]);
        if is_there && !is_package {
            Self::Path(folder.to_owned())
        } else {
            Self::Version(env!("CARGO_PKG_VERSION").to_owned())
        }
    }
}

impl Dependency {
    /// The arguments of `cargo install` for the program `vsc` from the same source.
    pub(crate) fn installation(&self) -> String {
        match self {
            Self::Path(library) => {
                let tool = library.with_file_name("vsc-cli");
                format!("--path {}", in_shell(&tool.to_string_lossy()))
            }
            Self::Git { url, rev: None } => format!("--git {} vsc-cli", in_shell(url)),
            Self::Git {
                url,
                rev: Some(rev),
            } => format!("--git {} --rev {} vsc-cli", in_shell(url), in_shell(rev)),
            Self::Version(version) => format!("vsc-cli --version {}", in_shell(version)),
        }
    }

    /// The steps of a workflow that fetch the source, if another machine lacks it.
    pub(super) fn fetching(&self) -> String {
        let Self::Path(library) = self else {
            return String::new();
        };
        let Some(checkout) = library.parent() else {
            return String::new();
        };
        let folder = in_shell(&checkout.to_string_lossy()).into_owned();
        let url = env!("CARGO_PKG_REPOSITORY");
        let pinned = match commit(checkout) {
            Some(commit) => format!(" && git -C {folder} checkout --detach {commit}"),
            None => String::new(),
        };
        format!(
            "      # Cargo.toml names vsc by its folder on the machine of its author.\n      - run: sudo install --directory --owner \"$USER\" {folder} && git clone {url} {folder}{pinned}\n"
        )
    }
}

/// The commit that is checked out in a folder.
fn commit(checkout: &Path) -> Option<String> {
    let mut git = std::process::Command::new("git");
    git.arg("-C").arg(checkout).args(["rev-parse", "HEAD"]);
    let output = git.stderr(std::process::Stdio::null()).output().ok()?;
    let commit = String::from_utf8(output.stdout).ok()?;
    let commit = commit.trim();
    (output.status.success() && !commit.is_empty()).then(|| commit.to_owned())
}

/// The dependency as a manifest has it.
impl fmt::Display for Dependency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => {
                write!(f, "{{ path = {} }}", quoted(&path.to_string_lossy()))
            }
            Self::Git { url, rev: None } => write!(f, "{{ git = {} }}", quoted(url)),
            Self::Git {
                url,
                rev: Some(rev),
            } => write!(f, "{{ git = {}, rev = {} }}", quoted(url), quoted(rev)),
            Self::Version(version) => f.write_str(&quoted(version)),
        }
    }
}

/// A word for a shell, quoted unless it is plain.
fn in_shell(word: &str) -> Cow<'_, str> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-+:=@".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", one_line(word).replace('\'', r"'\''")))
}

/// A basic string of TOML, on one line (TOML 1.0, "String").
pub(super) fn quoted(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '"' | '\\' => format!("\\{letter}"),
        letter if is_hidden(letter) => format!("\\U{:08x}", u32::from(letter)),
        letter => letter.to_string(),
    });
    format!("\"{}\"", letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(folder: &str, is_there: bool) -> String {
        Dependency::built_from(Path::new(folder), is_there).to_string()
    }

    #[test]
    fn a_crate_depends_on_the_source_of_the_program() {
        let path = r#"{ path = "/home/me/vsc/vsc" }"#;
        assert_eq!(written("/home/me/vsc/vsc", true), path);
        let version = format!("\"{}\"", env!("CARGO_PKG_VERSION"));
        assert_eq!(written("/home/me/vsc/vsc", false), version);
        let package = "/home/me/.cargo/registry/src/mirror-1949cf8c6b5b557f/vsc-0.1.0";
        assert_eq!(written(package, true), version);
        let checkout = "/home/me/.cargo/git/checkouts/vsc-0123456789abcdef/1a2b3c4/vsc";
        let git = format!(
            r#"{{ git = "{}", rev = "1a2b3c4" }}"#,
            env!("CARGO_PKG_REPOSITORY")
        );
        assert_eq!(written(checkout, true), git);
    }

    #[test]
    fn the_program_is_installed_from_the_source_of_the_library() {
        let git = |rev: Option<&str>| Dependency::Git {
            url: "https://x.com/vsc".to_owned(),
            rev: rev.map(str::to_owned),
        };
        for (dependency, arguments) in [
            (
                Dependency::Path("/home/a b/vsc".into()),
                "--path '/home/a b/vsc-cli'",
            ),
            (git(None), "--git https://x.com/vsc vsc-cli"),
            (
                git(Some("1a2b3c4")),
                "--git https://x.com/vsc --rev 1a2b3c4 vsc-cli",
            ),
            (
                Dependency::Version(">=0.1".to_owned()),
                "vsc-cli --version '>=0.1'",
            ),
        ] {
            assert_eq!(dependency.installation(), arguments);
        }
        assert_eq!(git(None).fetching(), "");
        let fetching = Dependency::Path("/no/such/vsc".into()).fetching();
        assert!(
            fetching.ends_with(&format!(
                " /no/such && git clone {} /no/such\n",
                env!("CARGO_PKG_REPOSITORY")
            )),
            "{fetching}"
        );
    }

    #[test]
    fn paths_are_quoted() {
        assert_eq!(quoted(r#"C:\a "b""#), r#""C:\\a \"b\"""#);
        assert_eq!(
            quoted("a\"\n[dependencies]\u{202e}"),
            r#""a\"\U0000000a[dependencies]\U0000202e""#
        );
    }
}
