//! `vsc convert`: a template as the source of a config crate.

mod code;
mod condition;
mod expression;
mod literal;
mod naming;
mod notation;
mod output;
mod parameter;
mod program;
mod resource;
mod scope;
mod statement;

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use vsc::__tool::{Failure, terminal::Terminal};
use vsc::template::Source;
use vsc_spec::resource::options::check_logical_id;
use vsc_spec::resource::{Step, Target};

use statement::{Kept, Note};

pub(crate) fn command() -> Command {
    Command::new("convert")
        .about("Write a CloudFormation template as Rust with `resource!`")
        .arg(
            Arg::new("file")
                .value_name("FILE")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .help("The template, in YAML or JSON"),
        )
        .arg(
            Arg::new("name")
                .long("name")
                .value_name("NAME")
                .help("The stack's name [default: from the file's]"),
        )
}

pub(crate) fn run(terminal: Terminal, matches: &ArgMatches) -> Result<(), Failure> {
    let file: &PathBuf = matches
        .get_one("file")
        .ok_or_else(|| Failure::Usage("no file is named".to_owned()))?;
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Input(format!("{}: {error}", file.display())))?;
    let source = Source::read(&text)
        .map_err(|error| Failure::Input(format!("{}:{error}", file.display())))?;
    let template = source.json().as_object();
    let Some(template) = template.filter(|template| template.contains("Resources")) else {
        return Err(Failure::Input(format!(
            "{} is no template: it has no `Resources`",
            file.display()
        )));
    };
    let converted = program::convert(template);
    let file_name = file.file_name().unwrap_or_default().to_string_lossy();
    let name = match matches.get_one::<String>("name") {
        Some(name) => name.clone(),
        None => naming::stack(file_name.split('.').next().unwrap_or_default()),
    };
    tell(terminal, file, &source, &converted.notes);
    terminal.print(&program::main_of(&name, &file_name, &converted))
}

/// Says what is not written as it should be, and where it stands in the template.
fn tell(_terminal: Terminal, file: &Path, source: &Source, notes: &[Note]) {
    for note in notes {
        let path: Vec<Step> = note
            .path
            .iter()
            .map(|name| Step::Key(name.clone().into()))
            .collect();
        let line = source.locate(&path, Target::Key).line;
        let name = note.path.last().map_or("", String::as_str);
        let what = match note.kept {
            Kept::Unchecked => "is not judged",
            Kept::AsItStands => "is kept as it stands",
            Kept::Refused => "will be refused",
        };
        Terminal::warn(&format!(
            "{}:{line}: `{name}` {what}: {}",
            file.display(),
            note.why.join("; ")
        ));
    }
}

fn is_logical_id(id: &str) -> bool {
    check_logical_id(id).is_ok()
}
