//! Selection of stacks.

use clap::{Arg, ArgAction, ArgMatches};
use vsc_spec::{glob, suggest};

use crate::Failure;
use crate::assembly::Stack;

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
    selected: &[Stack],
    command: &str,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    // A command about one stack has no `--all`.
    let all = matches.try_get_one::<bool>("all").ok().flatten();
    let is_explicit = matches.contains_id("stack") || all == Some(&true);
    if is_explicit || selected.len() < 2 {
        return Ok(());
    }
    Err(Failure::usage(format!(
        "the crate has several stacks: {}",
        suggest::list(selected.iter().map(|stack| stack.name.as_str()))
    ))
    .hint(format!("pass the names of those to {command}, or `--all`")))
}

/// The patterns of the arguments; none selects everything.
pub(crate) fn patterns(matches: &ArgMatches) -> Vec<String> {
    let patterns = matches.try_get_many::<String>("stack").ok().flatten();
    patterns.into_iter().flatten().cloned().collect()
}

/// The items whose names the patterns select.
pub(crate) fn select<T>(
    mut items: Vec<T>,
    patterns: &[String],
    name: impl Fn(&T) -> &str,
) -> Result<Vec<T>, Failure> {
    if patterns.is_empty() {
        return Ok(items);
    }
    for pattern in patterns {
        if !items.iter().any(|item| glob(pattern, name(item))) {
            let known = || items.iter().map(&name);
            let help = suggest::did_you_mean(pattern, known());
            let help = help.unwrap_or_else(|| format!("the crate has {}", suggest::list(known())));
            return Err(Failure::usage(format!("no stack `{pattern}`")).hint(help));
        }
    }
    items.retain(|item| patterns.iter().any(|pattern| glob(pattern, name(item))));
    Ok(items)
}

/// The stacks of teams, if a command for hosts selects none by name: other stacks of the crate have no host.
#[cfg(feature = "aws")]
pub(crate) fn of_teams(selected: Vec<Stack>, matches: &ArgMatches) -> Vec<Stack> {
    if !patterns(matches).is_empty() || selected.iter().all(|stack| stack.team.is_none()) {
        return selected;
    }
    let teams = selected.into_iter();
    teams.filter(|stack| stack.team.is_some()).collect()
}

/// The only selected stack.
pub(crate) fn only(mut stacks: Vec<Stack>, purpose: &str) -> Result<Stack, Failure> {
    match (stacks.pop(), stacks.is_empty()) {
        (Some(stack), true) => Ok(stack),
        (Some(last), false) => {
            let names = stacks.iter().chain([&last]);
            Err(Failure::usage(format!(
                "several stacks are selected: {}",
                suggest::list(names.map(|stack| stack.name.as_str()))
            ))
            .hint(format!("pass the name of the one {purpose}")))
        }
        (None, _) => Err(Failure::usage("the crate has no stacks")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(names: &[&str]) -> Vec<Stack> {
        let stack = |name: &&str| Stack {
            name: (*name).to_owned(),
            ..Stack::default()
        };
        names.iter().map(stack).collect()
    }

    #[cfg(feature = "aws")]
    #[test]
    fn stacks_without_a_team_are_left_out_unless_they_are_named() {
        let selected = |kinds: &[bool], arguments: &[&str]| {
            let team = crate::assembly::written::team(|team| team).team;
            let stacks = kinds.iter().map(|is_team| Stack {
                team: team.clone().filter(|_| *is_team),
                ..Stack::default()
            });
            let command = clap::Command::new("homes").args(super::arguments());
            let matches = command.try_get_matches_from([&["homes"], arguments].concat());
            of_teams(stacks.collect(), &matches.expect("they are right")).len()
        };
        assert_eq!(selected(&[true, false, true], &[]), 2);
        assert_eq!(selected(&[true, false, true], &["a"]), 3);
        // A stack that is known by its name alone may have a host.
        assert_eq!(selected(&[false], &[]), 1);
    }

    #[test]
    fn several_stacks_are_changed_only_on_request() {
        let reported = |stacks: &[&str], arguments: &[&str]| {
            let command = clap::Command::new("destroy").args(arguments_to_change());
            let arguments = [&["destroy"], arguments].concat();
            let matches = command
                .try_get_matches_from(arguments)
                .expect("it is right");
            let selected = select(declared(stacks), &patterns(&matches), |stack| &stack.name);
            let selected = selected.expect("they are there");
            must_be_named(&selected, "destroy", &matches).map_err(|failure| failure.text())
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
}
