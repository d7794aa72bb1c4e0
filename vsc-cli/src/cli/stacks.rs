//! Selection of stacks.

use clap::{Arg, ArgAction, ArgMatches};
use vsc_core::team_ide;
use vsc_core::template::Template;
use vsc_core::{Stack, StackError};
use vsc_spec::suggest;
use vsc_spec::team::{Declaration, StackName, TeamIde};

use super::entry::{Build, Entry, Extending, StackSource};
use crate::Failure;

/// A stack of the crate with a valid declaration.
#[derive(Clone, Debug)]
pub(crate) struct DeclaredStack {
    name: String,
    kind: StackKind,
}

#[derive(Clone, Debug)]
enum StackKind {
    Team {
        ide: Box<TeamIde>,
        extend: Extending,
    },
    Stack(Build),
}

/// A synthesized stack.
#[derive(Clone, Debug)]
pub(crate) struct Stacked {
    pub(crate) name: String,
    pub(crate) template: Template,
    /// Its team, if it is the stack of a team.
    pub(crate) ide: Option<TeamIde>,
}

impl DeclaredStack {
    /// The stack's name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Its team, if it is the stack of a team.
    pub(crate) fn ide(&self) -> Option<&TeamIde> {
        match &self.kind {
            StackKind::Team { ide, .. } => Some(ide),
            StackKind::Stack(_) => None,
        }
    }

    pub(crate) fn synthesize(&self) -> Result<Stacked, StackError> {
        let stack = match &self.kind {
            StackKind::Team { ide, extend } => {
                team_ide::extended(ide, |stack, team| extend.extend(stack, team))
            }
            StackKind::Stack(build) => {
                let mut stack = Stack::new(self.name.clone());
                (build.0)(&mut stack);
                stack
            }
        };
        Ok(Stacked {
            name: self.name.clone(),
            template: stack.finish()?,
            ide: self.ide().cloned(),
        })
    }
}

/// The stacks of the entries, checked. The macro checked teams already; constants and entries made at
/// run time are checked here. `adapt` may change a declaration before that.
pub(crate) fn declared(
    entries: &[Entry],
    adapt: impl Fn(&Declaration) -> Option<Declaration>,
) -> Result<Vec<DeclaredStack>, Failure> {
    let mut all: Vec<DeclaredStack> = Vec::new();
    for entry in entries {
        let stack = match &entry.source {
            StackSource::Team {
                declaration,
                extend,
            } => {
                let declaration = declaration.declaration();
                let adapted = adapt(declaration);
                let ide = checked(adapted.as_ref().unwrap_or(declaration))?;
                DeclaredStack {
                    name: ide.name().to_owned(),
                    kind: StackKind::Team {
                        ide: Box::new(ide),
                        extend: extend.clone(),
                    },
                }
            }
            StackSource::Stack { name, build } => DeclaredStack {
                name: StackName::new(name.to_string())
                    .map_err(|diagnostic| Failure::diagnostic(&diagnostic))?
                    .as_str()
                    .to_owned(),
                kind: StackKind::Stack(build.clone()),
            },
        };
        if all.iter().any(|other| other.name == stack.name) {
            return Err(Failure::Input(format!(
                "two declarations have the stack name `{}`\n= help: give one of them another `stack_name`",
                stack.name
            )));
        }
        all.push(stack);
    }
    Ok(all)
}

fn checked(declaration: &Declaration) -> Result<TeamIde, Failure> {
    declaration.check().map_err(|violations| {
        let diagnostics = violations
            .into_iter()
            .map(|violation| violation.diagnostic)
            .collect();
        Failure::Rejected(declaration.type_name.to_string(), diagnostics)
    })
}

/// The arguments by which stacks are selected.
pub(crate) fn arguments() -> [Arg; 2] {
    [
        Arg::new("stack")
            .value_name("STACK")
            .action(ArgAction::Append)
            .help("Stacks by name; `*` matches any characters [default: all]"),
        Arg::new("all")
            .long("all")
            .action(ArgAction::SetTrue)
            .conflicts_with("stack")
            .help("Select all stacks"),
    ]
}

/// The argument of a command that is about one stack: see [`only`].
pub(crate) fn argument_of_one() -> Arg {
    Arg::new("stack")
        .value_name("STACK")
        .help("Stack by name [default: the only one]")
}

/// The arguments of a command that changes what it selects: see [`must_be_named`].
pub(crate) fn arguments_to_change() -> [Arg; 2] {
    arguments().map(|argument| match argument.get_id().as_str() {
        "stack" => {
            argument.help("Stacks by name; `*` matches any characters [default: the only one]")
        }
        _ => argument,
    })
}

/// Requires a command that changes stacks to select them explicitly if there are several.
pub(crate) fn must_be_named(
    selected: &[DeclaredStack],
    command: &str,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    // A command about one stack has no `--all`.
    let all = matches.try_get_one::<bool>("all").ok().flatten();
    let is_explicit = matches.contains_id("stack") || all == Some(&true);
    if is_explicit || selected.len() < 2 {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "the crate has several stacks: {}\n= help: pass the names of those to {command}, or `--all`",
        suggest::list(selected.iter().map(DeclaredStack::name))
    )))
}

/// The stacks that the arguments select.
pub(crate) fn select(
    stacks: Vec<DeclaredStack>,
    matches: &ArgMatches,
) -> Result<Vec<DeclaredStack>, Failure> {
    let Some(patterns) = matches.get_many::<String>("stack") else {
        return Ok(stacks);
    };
    let patterns: Vec<&String> = patterns.collect();
    for pattern in &patterns {
        let fits = |stack: &DeclaredStack| glob(pattern.as_bytes(), stack.name.as_bytes());
        if !stacks.iter().any(fits) {
            let known = || stacks.iter().map(DeclaredStack::name);
            let help = suggest::did_you_mean(pattern, known());
            let help = help.unwrap_or_else(|| format!("the crate has {}", suggest::list(known())));
            return Err(Failure::Usage(format!(
                "no stack `{pattern}`\n= help: {help}"
            )));
        }
    }
    let mut selected = stacks;
    selected.retain(|stack| {
        let mut patterns = patterns.iter();
        patterns.any(|pattern| glob(pattern.as_bytes(), stack.name.as_bytes()))
    });
    Ok(selected)
}

/// The only selected stack.
pub(crate) fn only(
    mut stacks: Vec<DeclaredStack>,
    purpose: &str,
) -> Result<DeclaredStack, Failure> {
    match (stacks.pop(), stacks.is_empty()) {
        (Some(stack), true) => Ok(stack),
        (Some(last), false) => {
            let names = stacks.iter().chain([&last]).map(DeclaredStack::name);
            Err(Failure::Usage(format!(
                "several stacks are selected: {}\n= help: pass the name of the one {purpose}",
                suggest::list(names)
            )))
        }
        (None, _) => Err(Failure::Usage("the crate has no stacks".to_owned())),
    }
}

/// Whether the name matches the pattern, in which `*` matches any characters.
fn glob(pattern: &[u8], name: &[u8]) -> bool {
    match pattern.split_first() {
        None => name.is_empty(),
        Some((b'*', rest)) => (0..=name.len()).any(|skipped| glob(rest, &name[skipped..])),
        Some((letter, rest)) => name
            .split_first()
            .is_some_and(|(first, name)| first == letter && glob(rest, name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(names: &[&str]) -> Vec<DeclaredStack> {
        let stack = |name: &&str| DeclaredStack {
            name: (*name).to_owned(),
            kind: StackKind::Stack(Build(std::sync::Arc::new(|_| {}))),
        };
        names.iter().map(stack).collect()
    }

    #[test]
    fn several_stacks_are_changed_only_on_request() {
        let reported = |stacks: &[&str], arguments: &[&str]| {
            let command = clap::Command::new("destroy").args(arguments_to_change());
            let arguments = [&["destroy"], arguments].concat();
            let matches = command
                .try_get_matches_from(arguments)
                .expect("it is right");
            let selected = select(declared(stacks), &matches).expect("they are there");
            must_be_named(&selected, "destroy", &matches).map_err(|failure| match failure {
                Failure::Usage(message) => message,
                other => panic!("{other:?}"),
            })
        };
        let both = ["staging", "production"];
        assert_eq!(
            reported(&both, &[]),
            Err("the crate has several stacks: `staging` and `production`\n= help: pass the names of those to destroy, or `--all`".to_owned())
        );
        for arguments in [&["--all"][..], &["staging"], &["*"]] {
            assert_eq!(reported(&both, arguments), Ok(()), "{arguments:?}");
        }
        assert_eq!(reported(&["staging"], &[]), Ok(()));
    }

    #[test]
    fn a_star_matches_any_characters() {
        assert!(glob(b"acme-*", b"acme-ide"));
        assert!(glob(b"*", b""));
        assert!(!glob(b"acme", b"acme-ide"));
        assert!(!glob(b"*-ide", b"acme"));
    }
}
