//! The templates of an earlier revision of the crate.
//!
//! The revision is checked out into the target folder, never over the crate's files, and the checkout
//! is always removed. Its build artifacts are kept, so that the next comparison is fast.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use vsc_core::template::Source;
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::app::program::Program;
use crate::assembly::AppSource;
use crate::interruption::Interruption;
use crate::operation::local::{LocalEvent, LocalIo};
use crate::text::shown;

/// The templates of the stacks of these names in the revision; an empty template for a stack that it
/// does not have.
///
/// # Errors
///
/// When there is no such revision, it cannot be built, or the user interrupts it.
pub(crate) fn templates(
    io: &dyn LocalIo,
    app: &AppSource,
    revision: &str,
    stacks: &[&str],
) -> Result<Vec<Json>, Failure> {
    let program = Program::of(app, "diff")?;
    let crate_folder = program.folder();
    let commit = text(git(
        crate_folder,
        [
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &format!("{revision}^{{commit}}"),
        ],
    )?)
    .ok_or_else(|| no_commit(crate_folder, revision))?;
    let prefix = text(git(crate_folder, ["rev-parse", "--show-prefix"])?).unwrap_or_default();
    let interrupted = Interruption::watch()?;
    let folder = program.target().join("vsc-diff");
    let checkout = Checkout::of(crate_folder, &folder, &commit)?;
    io.report(LocalEvent::Building {
        revision,
        commit: &commit,
    });
    let run = |arguments: &[&str]| {
        let manifest = checkout.folder.join(&prefix).join("Cargo.toml");
        let output = program
            .command(&manifest, Some(&folder.join("target")), arguments)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| Failure::input(format!("cargo: {error}")))?;
        if interrupted.is_there() {
            return Err(Failure::interrupted(
                "interrupted; the checkout of the revision is removed, its build artifacts are kept",
            ));
        }
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let reported = String::from_utf8_lossy(&output.stderr);
        Err(
            Failure::input(format!("the revision `{revision}` cannot be synthesized:"))
                .note(reported.trim_end())
                .hint("compare with a template in a file: `--template FILE`"),
        )
    };
    let known = run(&["list"])?;
    let mut templates = Vec::new();
    for stack in stacks {
        if !known.lines().any(|line| line.trim() == *stack) {
            io.report(LocalEvent::NewStack { revision, stack });
            templates.push(Json::Object(Object::new()));
            continue;
        }
        let json = run(&["synth", stack, "--format", "json"])?;
        let source = Source::read(&json).map_err(|error| {
            Failure::input(format!(
                "the revision `{revision}` printed no template:{error}"
            ))
        })?;
        templates.push(source.json().clone());
    }
    for gone in known
        .lines()
        .map(str::trim)
        .filter(|name| !stacks.contains(name))
    {
        io.report(LocalEvent::OtherStack {
            revision,
            stack: gone,
        });
    }
    Ok(templates)
}

/// The error for a revision that does not exist.
fn no_commit(folder: &Path, revision: &str) -> Failure {
    let run = |arguments: [&str; 2]| git(folder, arguments).ok().and_then(text);
    if git(folder, ["rev-parse", "--git-dir"]).is_ok_and(|output| !output.status.success()) {
        return Failure::usage(format!("{} is not in a git repository", shown(folder)))
            .hint("run `git init` and commit, or compare with a file: `--template FILE`");
    }
    let has_commits = run(["rev-parse", "HEAD"]).is_some();
    let branch = git(folder, ["symbolic-ref", "--short", "--quiet", "HEAD"]);
    let branch = branch.ok().and_then(text);
    let here = match (&branch, has_commits) {
        (Some(branch), true) => format!("you are on `{branch}`"),
        (Some(branch), false) => format!("you are on `{branch}`, without commits"),
        (None, _) => "no branch is checked out".to_owned(),
    };
    let help = if has_commits {
        "`git log --oneline` lists the commits, `git branch --all` the branches"
    } else {
        "commit something first, or compare with a file: `--template FILE`"
    };
    Failure::usage(format!("no commit `{revision}`; {here}")).hint(help)
}

/// A revision in a folder of its own, for as long as this lives.
struct Checkout {
    repository: PathBuf,
    folder: PathBuf,
}

impl Checkout {
    fn of(repository: &Path, parent: &Path, commit: &str) -> Result<Self, Failure> {
        std::fs::create_dir_all(parent)
            .map_err(|error| Failure::input(format!("{}: {error}", shown(parent))))?;
        tidy(repository, parent);
        // The same folder each time, so that cargo knows what it has built before; another one
        // while that is in use.
        let own = format!("{CHECKOUT}-{}", std::process::id());
        let folders = [CHECKOUT, &own].map(|name| parent.join(name));
        let folder = folders.into_iter().find(|folder| !folder.exists());
        let folder = folder.ok_or_else(|| {
            Failure::input(format!(
                "{}: too many checkouts exist already",
                shown(parent)
            ))
        })?;
        let checkout = Self {
            repository: repository.to_owned(),
            folder,
        };
        let path = checkout.folder.to_string_lossy().into_owned();
        let output = git(
            repository,
            [
                "-c",
                "core.hooksPath=/dev/null",
                "worktree",
                "add",
                "--force",
                "--detach",
                "--quiet",
                &path,
                commit,
            ],
        )?;
        if output.status.success() {
            let _ = std::fs::write(checkout.folder.join(OWNER), std::process::id().to_string());
            return Ok(checkout);
        }
        let reported = String::from_utf8_lossy(&output.stderr);
        Err(Failure::input(format!(
            "cannot check out the revision: {}",
            reported.trim()
        )))
    }
}

/// The prefix of the names of checkouts, and the file in each with the ID of its process.
const CHECKOUT: &str = "checkout";
const OWNER: &str = ".vsc-diff-owner";

/// Removes the checkouts of processes that were killed.
fn tidy(repository: &Path, parent: &Path) {
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    for entry in entries {
        let folder = entry.path();
        let is_checkout = entry.file_name().to_string_lossy().starts_with(CHECKOUT);
        let owner = std::fs::read_to_string(folder.join(OWNER)).ok();
        // Only Linux reports whether a process is alive; elsewhere the folder stays.
        let processes = Path::new("/proc/self");
        let is_left = owner.is_some_and(|owner| {
            processes.exists() && !Path::new("/proc").join(owner.trim()).exists()
        });
        if is_checkout && is_left {
            let _ = std::fs::remove_dir_all(&folder);
        }
    }
    // Git forgets checkouts whose folders are gone.
    let _ = git(repository, ["worktree", "prune"]);
}

impl Drop for Checkout {
    fn drop(&mut self) {
        let path = self.folder.to_string_lossy().into_owned();
        let removed = git(&self.repository, ["worktree", "remove", "--force", &path]);
        if !removed.is_ok_and(|output| output.status.success()) {
            let _ = std::fs::remove_dir_all(&self.folder);
            let _ = git(&self.repository, ["worktree", "prune"]);
        }
    }
}

fn git<const N: usize>(folder: &Path, arguments: [&str; N]) -> Result<Output, Failure> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    output.map_err(|error| {
        Failure::input(format!("git: {error}"))
            .hint("install git, or compare with a file: `--template FILE`")
    })
}

/// The output of a command, if it succeeded.
fn text(output: Output) -> Option<String> {
    let printed = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| printed.trim().to_owned())
}
