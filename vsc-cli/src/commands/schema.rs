//! `schema`: prints the specification of a resource type or a property.

use std::fmt::Write as _;

use clap::{Arg, ArgMatches, Command, value_parser};
use vsc_spec::resource::{self, AttributeType, Outline, ResourceType, UpdateType};
use vsc_spec::{Json, Object, Text};

use crate::Failure;
use crate::cli::{Context, global};
use crate::terminal::Terminal;
use crate::terminal::style::{CHANGED, DIM, ERROR, NAME, TITLE};

/// The most values of a list that are shown in the overview of a type.
const SHOWN: usize = 8;

pub(crate) fn command() -> Command {
    Command::new("schema")
        .about("Show the specification of a resource type or property")
        .arg(
            Arg::new("type")
                .value_name("TYPE[.PROPERTY…]")
                .help("Resource type such as AWS::S3::Bucket, one of its properties, or part of a name"),
        )
        .arg(
            Arg::new("depth")
                .long("depth")
                .value_name("LEVELS")
                .value_parser(value_parser!(u8).range(1..=8))
                .default_value("2")
                .help("Show this many levels of nested objects"),
        )
        .arg(global::json())
        .after_help("Examples:\n  cargo run -- schema AWS::S3\n  cargo run -- schema AWS::S3::Bucket\n  cargo run -- schema AWS::S3::Bucket.LifecycleConfiguration.Rules --depth 3")
}

/// Prints the specification.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let terminal = context.terminal;
    let json = matches.get_flag("json");
    let depth = usize::from(matches.get_one::<u8>("depth").copied().unwrap_or(2));
    let asked = matches.get_one::<String>("type").map_or("", String::as_str);
    let mut names = asked.split('.');
    let type_name = names.next().unwrap_or_default();
    let path: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let Some(resource) = found(type_name) else {
        return list(terminal, type_name, &path, json);
    };
    if path.is_empty() {
        let outline = resource.outline(depth);
        return if json {
            terminal.print_json(&whole_json(&resource, &outline))
        } else {
            terminal.print(&whole(&resource, &outline))
        };
    }
    let outline = resource
        .outline_of(&path, depth)
        .map_err(|diagnostic| Failure::of_input([diagnostic]))?;
    if json {
        return terminal.print_json(&property_json(&outline));
    }
    let title = format!("{}.{}", resource.name, path.join("."));
    terminal.print(&one(&title, &outline))
}

/// The type of this name, ignoring case and a missing `AWS::`.
fn found(name: &str) -> Option<ResourceType> {
    let means = |known: &&str| {
        let short = known.strip_prefix("AWS::");
        [Some(*known), short]
            .into_iter()
            .flatten()
            .any(|known| known.eq_ignore_ascii_case(name))
    };
    resource::find(name).or_else(|| resource::find(resource::names().find(means)?))
}

/// Prints the types whose names begin with the text, or else contain it.
fn list(terminal: &Terminal, asked: &str, path: &[&str], json: bool) -> Result<(), Failure> {
    let small = asked.to_ascii_lowercase();
    let known = || resource::names().filter(|_| path.is_empty());
    let mut names: Vec<&str> = known().filter(|name| name.starts_with(asked)).collect();
    if names.is_empty() {
        // Nobody remembers all services of AWS: `topic`, `securitygroup`.
        names = known()
            .filter(|name| name.to_ascii_lowercase().contains(&small))
            .collect();
    }
    if names.is_empty() {
        return Err(Failure::of_input([resource::unknown(asked)]));
    }
    if json {
        return terminal.print_json(&Json::array(names));
    }
    let lines: String = names.iter().map(|name| format!("{name}\n")).collect();
    terminal.print(&lines)
}

// Writing into a string cannot fail.
fn whole(resource: &ResourceType, outline: &Outline) -> String {
    let mut out = format!("{TITLE}{}{TITLE:#}\n", resource.name);
    if let Some(day) = &resource.shut_down {
        _ = writeln!(out, "{ERROR}AWS shut the service down on {day}{ERROR:#}");
    }
    let reference = &resource.reference;
    if !reference.types.is_any() || !reference.formats.is_empty() {
        _ = writeln!(out, "{DIM}Ref returns{DIM:#} {}", given(reference));
    }
    _ = writeln!(out, "\n{TITLE}Properties{TITLE:#}");
    members(&mut out, outline);
    if !resource.attributes.is_empty() {
        _ = writeln!(out, "\n{TITLE}Attributes{TITLE:#} {DIM}(Fn::GetAtt){DIM:#}");
        let width = resource.attributes.iter().map(|(name, _)| name.len()).max();
        let width = width.unwrap_or(0);
        for (name, attribute) in &resource.attributes {
            let name = format!("{name:width$}");
            _ = writeln!(out, "  {NAME}{name}{NAME:#}  {}", given(attribute));
        }
    }
    out
}

fn one(title: &str, outline: &Outline) -> String {
    let mut out = format!("{TITLE}{title}{TITLE:#}\n");
    _ = writeln!(out, "{}", outline.takes());
    for mark in marks(outline) {
        _ = writeln!(out, "{mark}");
    }
    for detail in details(outline, usize::MAX) {
        _ = writeln!(out, "{detail}");
    }
    if outline.members.iter().any(|member| !member.name.is_empty()) {
        out.push('\n');
        members(&mut out, outline);
    }
    out
}

/// The members as a tree.
fn members(out: &mut String, outline: &Outline) {
    let width = widest(&outline.members, 1);
    tree(out, &outline.members, 1, width);
    for together in &outline.together {
        _ = writeln!(out, "  {DIM}{together}{DIM:#}");
    }
}

/// The width of the widest name with its indentation.
fn widest(members: &[Outline], level: usize) -> usize {
    let width = |member: &Outline| {
        let own = level * 2 + member.name.len();
        own.max(widest(&member.members, level + 1))
    };
    members.iter().map(width).max().unwrap_or(0)
}

fn tree(out: &mut String, members: &[Outline], level: usize, width: usize) {
    for member in members {
        let indent = "  ".repeat(level);
        let name = format!("{:room$}", member.name, room = width - indent.len());
        let style = if member.read_only { DIM } else { NAME };
        let more = if member.more { " …" } else { "" };
        let mut line = format!("{indent}{style}{name}{style:#}  {}{more}", member.takes());
        for mark in marks(member) {
            _ = write!(line, ", {mark}");
        }
        for detail in details(member, SHOWN) {
            _ = write!(line, "; {DIM}{detail}{DIM:#}");
        }
        _ = writeln!(out, "{line}");
        tree(out, &member.members, level + 1, width);
    }
}

/// The marks of a property.
fn marks(outline: &Outline) -> Vec<String> {
    let mut marks = Vec::new();
    if outline.required {
        marks.push(format!("{TITLE}required{TITLE:#}"));
    }
    match outline.update {
        UpdateType::InPlace => {}
        // A read-only property cannot be updated.
        _ if outline.read_only => {}
        update => {
            let effect = match update {
                UpdateType::Replaces => "an update replaces the resource",
                UpdateType::MayReplace => "an update may replace the resource",
                UpdateType::InPlace | UpdateType::Interrupts => "an update interrupts the resource",
            };
            marks.push(format!("{CHANGED}{effect}{CHANGED:#}"));
        }
    }
    if outline.read_only {
        marks.push("read-only".to_owned());
    }
    if outline.write_only {
        marks.push("never returned".to_owned());
    }
    if outline.deprecated {
        marks.push(format!("{ERROR}deprecated{ERROR:#}"));
    }
    marks
}

/// The constraints on its values.
fn details(outline: &Outline, shown: usize) -> Vec<String> {
    let mut details = Vec::new();
    if !outline.identifies.is_empty() {
        details.push(format!("identifies {}", outline.identifies.join(" or ")));
    }
    match outline.allowed.len() {
        0 => {}
        count if count <= shown => details.push(outline.allowed.join(" | ")),
        count => details.push(format!(
            "{} | … and {} more",
            outline.allowed[..shown].join(" | "),
            count - shown
        )),
    }
    details.extend(outline.limits.iter().cloned());
    // A long pattern is shown only in the view of a single property.
    let patterns = outline.patterns.iter();
    let patterns = patterns.filter(|pattern| pattern.len() <= 40 || shown == usize::MAX);
    details.extend(patterns.map(|pattern| format!("matches {pattern}")));
    details
}

fn given(attribute: &AttributeType) -> String {
    let words = match attribute.types.in_words() {
        words if words.is_empty() => "anything".to_owned(),
        words => words,
    };
    if attribute.formats.is_empty() {
        words
    } else {
        format!("{words} {DIM}({}){DIM:#}", attribute.formats.join(" or "))
    }
}

fn whole_json(resource: &ResourceType, outline: &Outline) -> Json {
    let attributes = resource.attributes.iter().map(|(name, attribute)| {
        let given = given_json(attribute);
        Json::Object(
            Object::new()
                .with("name", name.clone())
                .with("gives", given),
        )
    });
    Json::Object(
        Object::new()
            .with("type", resource.name.clone())
            .with_some("shutDown", resource.shut_down.clone())
            .with("ref", given_json(&resource.reference))
            .with(
                "properties",
                Json::array(outline.members.iter().map(property_json)),
            )
            .with_some("together", texts(&outline.together))
            .with("attributes", Json::array(attributes)),
    )
}

fn property_json(outline: &Outline) -> Json {
    let flag = |flag: bool| flag.then_some(true);
    let members = (!outline.members.is_empty())
        .then(|| Json::array(outline.members.iter().map(property_json)));
    Json::Object(
        Object::new()
            .with("name", outline.name.clone())
            .with("types", types_json(outline.types))
            .with_some("itemTypes", outline.items.map(types_json))
            .with("required", outline.required)
            .with("update", outline.update.name())
            .with_some("readOnly", flag(outline.read_only))
            .with_some("writeOnly", flag(outline.write_only))
            .with_some("deprecated", flag(outline.deprecated))
            .with_some("identifies", texts(&outline.identifies))
            .with_some("allowed", texts(&outline.allowed))
            .with_some("patterns", texts(&outline.patterns))
            .with_some("limits", texts(&outline.limits))
            .with_some("together", texts(&outline.together))
            .with_some("members", members)
            .with_some("more", flag(outline.more)),
    )
}

fn given_json(attribute: &AttributeType) -> Json {
    Json::Object(
        Object::new()
            .with("types", types_json(attribute.types))
            .with_some("identifies", texts(&attribute.formats)),
    )
}

fn types_json(types: vsc_spec::resource::Types) -> Json {
    Json::array(types.names())
}

fn texts(texts: &[String]) -> Option<Json> {
    let all = || texts.iter().map(|text| Text::from(text.clone()));
    (!texts.is_empty()).then(|| Json::array(all()))
}
