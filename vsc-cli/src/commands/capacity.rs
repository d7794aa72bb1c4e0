//! `capacity`: each user's share of the host.

use std::fmt::Write as _;

use clap::{ArgMatches, Command};
use vsc_spec::team::Size;
use vsc_spec::{Json, Object};

use crate::Failure;
use crate::assembly::Team;
use crate::cli::stacks;
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
    let teams = || {
        let stacks = selected.iter();
        stacks.filter_map(|stack| Some((stack.name.as_str(), stack.team.as_ref()?)))
    };
    if matches.get_flag("json") {
        let teams = Json::array(teams().map(|(name, team)| described(name, team)));
        return context.terminal.print_json(&teams);
    }
    let texts: Vec<String> = teams().map(|(name, team)| text(name, team)).collect();
    context.terminal.print(&texts.join("\n"))?;
    if texts.len() < selected.len() {
        context
            .terminal
            .note("stacks without a team have no host to share");
    }
    Ok(())
}

fn text(name: &str, team: &Team) -> String {
    let host = &team.host;
    let size = Size::from_mib;
    let mut text = format!("{TITLE}{name}{TITLE:#} on a {}\n", host.instance_type);
    // Writing into a string cannot fail.
    _ = writeln!(
        text,
        "memory  {} of {} promised, {} of it to the host itself",
        gib(size(host.promised_mib)),
        size(host.memory_mib),
        size(host.reserved_mib)
    );
    _ = writeln!(text, "CPUs    {} vCPUs, shared", host.vcpus);
    let root = size(host.root_volume_mib);
    _ = match host.home_volume_mib.map(size) {
        Some(volume) => writeln!(text, "disk    {volume} of homes, {root} of system"),
        None => writeln!(text, "disk    {root} for system and homes"),
    };
    let mut table = Table::new(vec!["NAME", "MEMORY", "AT MOST", "CPUS", "HOME"]);
    for user in &team.users {
        let share = &user.share;
        let cpus = share.cpus.map(|cpus| format!("{cpus}"));
        table.push(vec![
            format!("{NAME}{}{NAME:#}", user.name),
            size(share.memory_mib).to_string(),
            rounded(size(share.memory_limit_mib)),
            cpus.unwrap_or_else(|| format!("{DIM}all{DIM:#}")),
            rounded(size(share.home_mib)),
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

fn described(name: &str, team: &Team) -> Json {
    let number = |number: u64| Json::Integer(i64::try_from(number).unwrap_or(i64::MAX));
    let host = &team.host;
    let users = team.users.iter().map(|user| {
        let share = &user.share;
        Json::Object(
            Object::new()
                .with("name", user.name.clone())
                .with("memoryMib", number(share.memory_mib))
                .with("memoryLimitMib", number(share.memory_limit_mib))
                .with_some("cpus", share.cpus.map(Json::Number))
                .with("homeMib", number(share.home_mib)),
        )
    });
    Json::Object(
        Object::new()
            .with("stack", name.to_owned())
            .with("instance", host.instance_type.clone())
            .with("vcpus", number(host.vcpus.into()))
            .with("memoryMib", number(host.memory_mib))
            .with("promisedMib", number(host.promised_mib))
            .with("hostMib", number(host.reserved_mib))
            .with("rootVolumeMib", number(host.root_volume_mib))
            .with_some("homeVolumeMib", host.home_volume_mib.map(number))
            .with("users", Json::array(users)),
    )
}
