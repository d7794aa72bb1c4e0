//! `capacity`: each user's share of the host.

use std::fmt::Write as _;

use clap::{ArgMatches, Command};
use vsc_core::team_ide;
use vsc_spec::team::{Cpus, HOST_MEMORY, Size, TeamIde};
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::cli::stacks::{self, DeclaredStack};
use crate::cli::{Context, global};
use crate::terminal::style::{DIM, NAME, TITLE};
use crate::terminal::table::Table;

pub(crate) fn command() -> Command {
    Command::new("capacity")
        .about("Show each user's share of the host: memory, CPUs, disk")
        .long_about(
            "Show each user's share of the host: the memory that is promised to each workspace and the \
             most that it may use, the CPUs, and the size of each home.\n\n\
             vsc knows no prices: enter the instance type and the volumes in the AWS Pricing \
             Calculator.",
        )
        .args(stacks::arguments())
        .arg(global::json())
        .after_help("Examples:\n  cargo run -- capacity\n  cargo run -- capacity --json production")
}

pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let selected = context.selected(matches)?;
    let teams: Vec<&TeamIde> = selected.iter().filter_map(DeclaredStack::ide).collect();
    if matches.get_flag("json") {
        let teams = Json::array(teams.iter().map(|ide| described(ide)));
        return context.terminal.print_json(&teams);
    }
    let texts: Vec<String> = teams.iter().map(|ide| text(ide)).collect();
    context.terminal.print(&texts.join("\n"))?;
    if teams.len() < selected.len() {
        context
            .terminal
            .note("stacks without a team have no host to share");
    }
    Ok(())
}

/// The memory that is promised to all workspaces and to the host.
fn promised(ide: &TeamIde) -> Size {
    let users = ide.users().iter().map(|user| user.memory().mib());
    Size::from_mib(users.sum::<u64>() + HOST_MEMORY.mib())
}

fn text(ide: &TeamIde) -> String {
    let host = ide.instance();
    let mut text = format!("{TITLE}{}{TITLE:#} on a {}\n", ide.name(), host.name());
    // Writing into a string cannot fail.
    _ = writeln!(
        text,
        "memory  {} of {} promised, {HOST_MEMORY} of it to the host itself",
        gib(promised(ide)),
        host.memory()
    );
    _ = writeln!(text, "CPUs    {} vCPUs, shared", host.vcpus());
    _ = match ide.home_volume() {
        Some(volume) => writeln!(
            text,
            "disk    {volume} of homes, {} of system",
            ide.root_volume()
        ),
        None => writeln!(text, "disk    {} for system and homes", ide.root_volume()),
    };
    let mut table = Table::new(vec!["NAME", "MEMORY", "AT MOST", "CPUS", "HOME"]);
    for user in ide.users() {
        let cpus = user.cpus().map(|cpus| format!("{cpus}"));
        table.push(vec![
            format!("{NAME}{}{NAME:#}", user.name().as_str()),
            user.memory().to_string(),
            rounded(team_ide::memory_limit(ide, user)),
            cpus.unwrap_or_else(|| format!("{DIM}all{DIM:#}")),
            rounded(ide.home_share()),
        ]);
    }
    text + &table.to_string()
}

/// A number of GiB without its unit: `30.5`.
fn gib(size: Size) -> String {
    let text = tenths(size);
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// A size in GiB with one decimal, rounded down: nobody gets more than that.
fn rounded(size: Size) -> String {
    format!("{} GiB", gib(size))
}

fn tenths(size: Size) -> String {
    let tenths = size.mib() * 10 / 1024;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn described(ide: &TeamIde) -> Json {
    let number = |number: u64| Json::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let size = |size: Size| number(size.mib());
    let host = ide.instance();
    let users = ide.users().iter().map(|user| {
        let cpus = |cpus: Cpus| Json::Number(f64::from(cpus.thousandths()) / 1_000.0);
        Json::Object(
            Object::new()
                .with("name", user.name().as_str().to_owned())
                .with("memoryMib", size(user.memory()))
                .with("memoryLimitMib", size(team_ide::memory_limit(ide, user)))
                .with_some("cpus", user.cpus().map(cpus))
                .with("homeMib", size(ide.home_share())),
        )
    });
    Json::Object(
        Object::new()
            .with("stack", ide.name().to_owned())
            .with("instance", host.name())
            .with("vcpus", number(host.vcpus().into()))
            .with("memoryMib", size(host.memory()))
            .with("promisedMib", size(promised(ide)))
            .with("hostMib", size(HOST_MEMORY))
            .with("rootVolumeMib", size(ide.root_volume()))
            .with_some("homeVolumeMib", ide.home_volume().map(size))
            .with("users", Json::array(users)),
    )
}
