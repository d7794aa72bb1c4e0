//! `synth`: prints or writes the templates of stacks.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Arg, ArgMatches, Command, ValueEnum, ValueHint, value_parser};
use vsc_core::template::INLINE_BODY;

use crate::Failure;
use crate::cli::Context;
use crate::cli::stacks::{self, Stacked};
use crate::commands::write;
use crate::compact::compact;
use crate::input::grouped;
use crate::terminal::Terminal;
use crate::terminal::shown;

pub(crate) fn command() -> Command {
    Command::new("synth")
        .visible_alias("synthesize")
        .about("Print the CloudFormation template of a stack")
        .args(stacks::arguments())
        .arg(
            Arg::new("format")
                .long("format")
                .short('f')
                .value_name("FORMAT")
                .value_parser(value_parser!(Format))
                .default_value("yaml")
                .help("Print in this format"),
        )
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::DirPath)
                .help("Write STACK.template.yaml to this folder instead of printing it"),
        )
        .after_help("Examples:\n  cargo run -- synth\n  cargo run -- synth production -f json\n  cargo run -- synth --output templates")
}

/// The format of a template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    #[default]
    Yaml,
    Json,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Yaml, Self::Json]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Yaml => PossibleValue::new("yaml").help("For people: short, with comments"),
            Self::Json => PossibleValue::new("json").help("For programs"),
        })
    }
}

impl Format {
    fn extension(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
        }
    }

    fn text(self, stack: &Stacked) -> String {
        match self {
            Self::Yaml => stack.template.to_yaml_string(),
            Self::Json => stack.template.to_json_string(),
        }
    }
}

/// Prints the template of one stack, or writes those of all stacks to a folder.
pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stacks = context.synthesized(matches)?;
    let format = matches
        .get_one::<Format>("format")
        .copied()
        .unwrap_or_default();
    let noted = |stack: &Stacked| noted(context.terminal, stack, format);
    let Some(folder) = matches.get_one::<PathBuf>("output") else {
        return match stacks.as_slice() {
            [only] => context.terminal.print_data(&noted(only)),
            several => {
                let names =
                    vsc_spec::suggest::list(several.iter().map(|stack| stack.name.as_str()));
                Err(Failure::Usage(format!(
                    "the crate has several stacks: {names}\n= help: pass the name of one, or write all of them with `--output DIR`"
                )))
            }
        };
    };
    fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for stack in &stacks {
        let path = folder.join(format!("{}.template.{}", stack.name, format.extension()));
        write::whole(&path, &noted(stack))?;
        context.terminal.note(&format!("wrote {}", shown(&path)));
    }
    Ok(())
}

/// The text of a template. Notes how to deploy one that is too large for an API call.
fn noted(terminal: Terminal, stack: &Stacked, format: Format) -> String {
    let text = format.text(stack);
    if text.len() > INLINE_BODY {
        let size = grouped(text.len());
        let compact = compact(&stack.template.to_json()).len();
        let way = if compact <= INLINE_BODY {
            format!(
                "`deploy` compacts it to {}; other tools must upload it to S3",
                grouped(compact)
            )
        } else {
            "it must be uploaded to S3, as `deploy` does".to_owned()
        };
        let name = &stack.name;
        terminal.note(&format!(
            "note: the template of {name} has {size} bytes; {way}"
        ));
    }
    text
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure::Input(format!("{}: {error}", shown(path)))
}
