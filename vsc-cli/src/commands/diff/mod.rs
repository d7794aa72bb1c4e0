//! `diff`: shows what an update would change, and with which effects.

mod deployed;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use vsc_core::diff::Difference;
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::assembly::Stack;
use crate::cli::{Context, aws, global, is_file, stack_of_file, stacks, template};
use crate::failure::Hint;
use crate::markup::RUN;
use crate::operation::revision;
use crate::terminal::Verbosity;
use crate::view::diff::report;

pub(crate) fn command() -> Command {
    Command::new("diff")
        .about("Show what an update would change, and how it affects each resource")
        .long_about(
            "Show what an update would change: each property as old → new, and whether the resource is \
             updated in place, interrupted or replaced.\n\n\
             Compares the stack of this crate with the deployed one, with a template in a file, or \
             with what an earlier revision of this crate synthesizes; or compares two templates.",
        )
        .args(stacks::arguments())
        .mut_arg("stack", |argument| {
            argument
                .value_name("STACK|OLD NEW")
                .value_hint(ValueHint::AnyPath)
                .help("Stacks by name; or two templates in files, the old one and the new one [default: all stacks]")
        })
        .arg(
            Arg::new("template")
                .long("template")
                .short('t')
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .conflicts_with("revision")
                .help("Compare with this template, YAML or JSON; `-` for standard input"),
        )
        .arg(
            Arg::new("revision")
                .long("revision")
                .short('r')
                .value_name("REV")
                .help("Compare with this git revision of the crate, for example HEAD or main"),
        )
        .arg(
            Arg::new("exit-code")
                .long("exit-code")
                .action(ArgAction::SetTrue)
                .help("Exit with 1 if the templates differ, with 2 on failure"),
        )
        .arg(global::json())
        .args(aws::arguments())
        .after_help(
            "Examples:\n  cargo run -- diff --revision HEAD\n  cargo run -- diff acme-ide --template deployed.yaml\n  cargo run -- diff old.yaml new.yaml\n  cargo run -- diff --exit-code --json",
        )
}

/// A stack, and its differences from the template that it is compared with.
struct Compared {
    stack: String,
    difference: Difference,
}

pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let compared = compare(context, matches)?;
    if matches.get_flag("json") {
        let all = compared.iter().map(|compared| {
            let members = Object::new().with("stack", compared.stack.clone());
            let Json::Object(difference) = compared.difference.to_json() else {
                return Json::Object(members);
            };
            Json::Object(
                difference
                    .into_iter()
                    .fold(members, |members, (name, value)| members.with(name, value)),
            )
        });
        context.terminal.print_json(&Json::array(all))?;
    } else {
        let whole = context.terminal.verbosity() == Verbosity::Verbose;
        for Compared { stack, difference } in &compared {
            context.terminal.print(&report(stack, difference, whole))?;
        }
        if context.app.exists() && !stacks::patterns(matches).iter().any(|it| is_file(it)) {
            next(context, &compared);
        }
    }
    let differs = compared
        .iter()
        .any(|compared| !compared.difference.is_empty());
    if differs && matches.get_flag("exit-code") {
        return Err(Failure::reported());
    }
    Ok(())
}

/// Prints the next command to run after a difference.
fn next(context: &Context<'_>, compared: &[Compared]) {
    let mut differing = compared
        .iter()
        .filter(|compared| !compared.difference.is_empty());
    if let (Some(first), several) = (differing.next(), differing.next().is_some()) {
        let stack = if several { "--all" } else { &first.stack };
        context
            .terminal
            .note(&format!("next: {RUN}deploy {stack}{RUN:#}"));
    }
}

fn compare(context: &Context<'_>, matches: &ArgMatches) -> Result<Vec<Compared>, Failure> {
    let given = stacks::patterns(matches);
    if given.iter().any(|argument| is_file(argument)) {
        return of_files(&given);
    }
    let selected = context.selected(matches)?;
    if let Some(file) = matches.get_one::<PathBuf>("template") {
        let only = stacks::only(selected, "to compare the file with")?;
        return Ok(vec![compared(&only, &template(file)?.json)]);
    }
    if let Some(name) = matches.get_one::<String>("revision") {
        let names: Vec<&str> = selected.iter().map(|stack| stack.name.as_str()).collect();
        let app = &context.app.assembly()?.app;
        let templates = revision::templates(context.terminal, app, name, &names)?;
        let pairs = selected.iter().zip(&templates);
        return Ok(pairs.map(|(stack, old)| compared(stack, old)).collect());
    }
    let templates = deployed::templates(context, &selected, matches)?;
    let pairs = selected.iter().zip(&templates);
    Ok(pairs.map(|(stack, old)| compared(stack, old)).collect())
}

/// Compares two templates in files.
fn of_files(given: &[String]) -> Result<Vec<Compared>, Failure> {
    let [old, new] = given else {
        return Err(Failure::usage("a template is compared with another one")
            .hint(Hint::run(
                "pass two files, the old one and the new one:",
                &["diff", "old.yaml", "new.yaml"],
            ))
            .hint(Hint::run(
                "compare a stack with a file:",
                &["diff", "STACK", "--template", "FILE"],
            )));
    };
    let old = template(Path::new(old))?;
    let new = stack_of_file(Path::new(new))?;
    Ok(vec![compared(&new, &old.json)])
}

fn compared(stack: &Stack, old: &Json) -> Compared {
    Compared {
        stack: stack.name.clone(),
        difference: Difference::between(old, &stack.template.json),
    }
}
