//! `vsc new`: creates a config crate that builds at once.

use std::path::{Path, PathBuf};

use crate::Failure;
use crate::markup::RUN;
use crate::terminal::Terminal;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use vsc_spec::team::TeamIde;
use vsc_spec::visible::one_line;

use crate::cli::Context;
use crate::commands::dependency;
use crate::operation::scaffold::{self, Folder, GITIGNORE, name};
use crate::text::shown;

const MAIN: &str = include_str!("files/main.rs");
const README: &str = include_str!("files/README.md");
const CHECK: &str = include_str!("files/check.yml");

/// A reserved domain (RFC 2606), as a placeholder for the user's.
const DOMAIN: &str = "code.example.com";

pub(crate) fn command() -> Command {
    Command::new("new")
        .about("Create a config crate for a team IDE")
        .arg(
            Arg::new("path")
                .value_name("NAME")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("Folder to create; its last part is the crate's name"),
        )
        .arg(
            Arg::new("domain")
                .long("domain")
                .value_name("DOMAIN")
                .help(format!("Set the domain of the workspaces [default: {DOMAIN}]")),
        )
        .arg(
            Arg::new("users")
                .long("users")
                .value_name("NUMBER|NAME,…")
                .default_value("3")
                .help("Set the number of users, or their names"),
        )
        .arg(vcs())
        .args(dependency::arguments())
        .after_help("Examples:\n  cargo run -- new demo\n  cargo run -- new acme-ide --domain code.acme.com --users alice,bob")
}

/// `--vcs`, as cargo has it.
pub(crate) fn vcs() -> Arg {
    Arg::new("vcs")
        .long("vcs")
        .value_name("VCS")
        .value_parser(PossibleValuesParser::new(["git", "none"]))
        .default_value("git")
        .help("Initialize a repository, unless the folder is in one")
}

pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let terminal = context.terminal;
    let path: &PathBuf = matches
        .get_one("path")
        .ok_or_else(|| Failure::usage("no folder was given"))?;
    let name = crate_name(path)?;
    let team = Team::of(matches, &name)?;
    let dependency = dependency::of(matches)?;
    let folder = Folder::new(path)?;
    let lines = |template: &str| team.fill(template);
    folder.write(&[
        ("Cargo.toml", scaffold::manifest(&name, &dependency)),
        ("src/main.rs", lines(MAIN)),
        (".gitignore", GITIGNORE.to_owned()),
        (
            "README.md",
            lines(README).replace("{installation}", &dependency.installation()),
        ),
        (
            ".github/workflows/check.yml",
            scaffold::workflow(CHECK, &dependency),
        ),
    ])?;
    folder.settle_workspace()?;
    if matches
        .get_one::<String>("vcs")
        .is_some_and(|vcs| vcs == "git")
    {
        folder.settle_git(terminal);
    }
    report_next(terminal, &name, path);
    Ok(())
}

/// Prints what was created, and what to run next.
pub(crate) fn report_next(terminal: &Terminal, name: &str, path: &Path) {
    let cd = match path.to_string_lossy() {
        path if path == "." => String::new(),
        path => format!("  cd {}\n", in_shell(&path)),
    };
    terminal.note(&format!(
        "Created the config crate `{name}`. Next:\n\n{cd}  {RUN}synth{RUN:#}\n"
    ));
}

/// A word for a shell, quoted unless it is a plain path.
fn in_shell(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+".contains(letter);
    if word.chars().all(is_plain) && !word.starts_with('-') {
        return word.to_owned();
    }
    let word = one_line(word).replace('\'', r"'\''");
    let dashes = if word.starts_with('-') { "-- " } else { "" };
    format!("{dashes}'{word}'")
}

/// The crate's name: the last part of the path.
pub(crate) fn crate_name(path: &Path) -> Result<String, Failure> {
    let last = std::path::absolute(path).ok();
    let last = last.as_deref().unwrap_or(path).file_name();
    let Some(last) = last else {
        return Err(Failure::usage(format!(
            "{} does not end with a name, and the crate is named after its folder",
            shown(path)
        ))
        .hint("pass a folder such as `demo`"));
    };
    let last = last.to_string_lossy().into_owned();
    name::check(&last).map_err(Failure::of_argument)?;
    Ok(last)
}

/// The declaration of the team.
struct Team {
    name: String,
    type_name: String,
    stack: String,
    users: Users,
    domain: Option<String>,
}

enum Users {
    Count(u32),
    Names(Vec<String>),
}

impl Team {
    /// The declaration of the arguments, checked as by the macro.
    fn of(matches: &ArgMatches, name: &str) -> Result<Self, Failure> {
        let users = matches
            .get_one::<String>("users")
            .map_or("", String::as_str);
        let users = match users.parse() {
            Ok(count) => Users::Count(count),
            Err(_) => Users::Names(
                users
                    .split(',')
                    .map(|name| name.trim().to_owned())
                    .filter(|name| !name.is_empty())
                    .collect(),
            ),
        };
        let domain = matches.get_one::<String>("domain").cloned();
        let type_name = name::camel_case(name);
        let type_name = if type_name.ends_with("Ide") {
            type_name
        } else {
            type_name + "Ide"
        };
        let builder =
            TeamIde::builder().domain(domain.clone().unwrap_or_else(|| DOMAIN.to_owned()));
        let builder = match &users {
            Users::Count(count) => builder.users(*count),
            Users::Names(names) => names
                .iter()
                .fold(builder, |builder, name| builder.user(name.clone())),
        };
        let mut declaration = builder.declaration();
        declaration.type_name = type_name.clone().into();
        let ide = declaration.check().map_err(|violations| {
            let diagnostics = violations.into_iter().map(|violation| violation.diagnostic);
            Failure::rejected(name.to_owned(), diagnostics.collect())
        })?;
        Ok(Self {
            name: name.to_owned(),
            type_name,
            stack: ide.stack_name().as_str().to_owned(),
            users,
            domain,
        })
    }

    /// A file with its placeholders filled in.
    fn fill(&self, template: &str) -> String {
        let users = match &self.users {
            Users::Count(count) => count.to_string(),
            Users::Names(names) => format!("{names:?}"),
        };
        let users_comment = match &self.users {
            Users::Count(_) => {
                "A number, their names as in [\"alice\", \"bob\"], or a file: \"team.toml\"."
            }
            Users::Names(_) => "Their names, or a file with more about them: \"team.toml\".",
        };
        let domain_comment = match &self.domain {
            Some(_) => "Each user has a name below it, such as dev-1.code.x.com.",
            None => "Replace it with yours: each user has a name below it.",
        };
        let domain = self.domain.as_deref().unwrap_or(DOMAIN);
        let email = domain.split_once('.').map_or(domain, |(_, rest)| rest);
        [
            ("{users-comment}", users_comment),
            ("{users}", &users),
            ("{domain-comment}", domain_comment),
            ("{domain}", &format!("{domain:?}")),
            ("{email}", &format!("ops@{email}")),
            ("{repository}", env!("CARGO_PKG_REPOSITORY")),
            ("{type}", &self.type_name),
            ("{stack}", &self.stack),
            ("{name}", &self.name),
        ]
        .into_iter()
        .fold(template.to_owned(), |text, (hole, value)| {
            text.replace(hole, value)
        })
    }
}
