//! `graph`: draws references between resources.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, ValueHint, value_parser};
use vsc_core::graph::{Graph, Include};
use vsc_core::template::write_json;

use crate::Failure;
use crate::cli::Context;
use crate::cli::stacks;
use crate::commands::write;
use crate::text::shown;

/// The format of a graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Format {
    #[default]
    Mermaid,
    Html,
    Svg,
    Dot,
    Json,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Mermaid, Self::Html, Self::Svg, Self::Dot, Self::Json]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Self::Mermaid => PossibleValue::new("mermaid").help("For a README or a wiki"),
            Self::Html => PossibleValue::new("html").help("Interactive page for a browser"),
            Self::Svg => {
                PossibleValue::new("svg").help("Picture, light or dark by the system's setting")
            }
            Self::Dot => PossibleValue::new("dot").help("For Graphviz"),
            Self::Json => PossibleValue::new("json").help("For programs"),
        })
    }
}

impl Format {
    /// The format for the extension of a file.
    fn of(file: &Path) -> Option<Self> {
        match file.extension()?.to_str()? {
            "mmd" | "mermaid" => Some(Self::Mermaid),
            "html" | "htm" => Some(Self::Html),
            "svg" => Some(Self::Svg),
            "dot" | "gv" => Some(Self::Dot),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    fn text(self, graph: &Graph, title: &str) -> String {
        match self {
            Self::Mermaid => graph.to_mermaid(),
            Self::Html => graph.to_html(title),
            Self::Svg => graph.to_svg(title),
            Self::Dot => graph.to_dot(),
            Self::Json => write_json(&graph.to_json()),
        }
    }
}

/// The elements that are shown beside the resources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beside {
    Parameters,
    Conditions,
    Outputs,
    All,
}

impl ValueEnum for Beside {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Parameters, Self::Conditions, Self::Outputs, Self::All]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Parameters => "parameters",
            Self::Conditions => "conditions",
            Self::Outputs => "outputs",
            Self::All => "all",
        }))
    }
}

pub(crate) fn command() -> Command {
    Command::new("graph")
        .about("Draw the references in a stack: Mermaid, interactive HTML, SVG, DOT")
        .long_about(
            "Draw the references between the resources of a stack.\n\n\
             Prints Mermaid by default; the extension of an output file selects its format. The HTML \
             page needs no network: pan, zoom, search, and click a resource to see its properties, its \
             references, and the effect of an update of each property.",
        )
        .arg(
            stacks::argument_of_one()
                .value_name("STACK|FILE")
                .value_hint(ValueHint::AnyPath)
                .help("Stack by name, or a template in a file [default: the only stack]"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .short('f')
                .value_name("FORMAT")
                .value_parser(value_parser!(Format))
                .help("Draw in this format [default: by the file's extension, otherwise mermaid]"),
        )
        .arg(
            Arg::new("output")
                .long("output")
                .short('o')
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .help("Write to this file instead of printing"),
        )
        .arg(
            Arg::new("with")
                .long("with")
                .short('w')
                .value_name("ELEMENTS")
                .value_delimiter(',')
                .action(ArgAction::Append)
                .value_parser(value_parser!(Beside))
                .help("Show these elements, too"),
        )
        .after_help(
            "Examples:\n  cargo run -- graph -o graph.html --with all\n  cargo run -- graph acme-ide > graph.mmd\n  cargo run -- graph network.yaml -o network.svg\n  cargo run -- graph -f dot | dot -Tpng > graph.png",
        )
}

pub(crate) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let stack = context.stack_or_file(matches, "to draw")?;
    let graph = Graph::of(&stack.template.json, include(matches));
    let output = matches.get_one::<PathBuf>("output");
    let format = match (matches.get_one::<Format>("format"), output) {
        (Some(format), _) => *format,
        (None, Some(file)) => Format::of(file).ok_or_else(|| unclear(file))?,
        (None, None) => Format::default(),
    };
    let text = format.text(&graph, &stack.name);
    let Some(file) = output else {
        return match format {
            Format::Json => context.terminal.print_json(&graph.to_json()),
            _ => context.terminal.print(&text),
        };
    };
    write::whole(file, &text)?;
    context.terminal.note(&format!("wrote {}", shown(file)));
    if format == Format::Html {
        let path = std::path::absolute(file).unwrap_or_else(|_| file.clone());
        let note = format!("next: open it in a browser: file://{}", shown(&path));
        context.terminal.note(&note);
    }
    Ok(())
}

fn unclear(file: &Path) -> Failure {
    Failure::usage(format!(
        "the extension of {} is not that of a known format",
        shown(file)
    ))
    .hint("use .html, .svg, .mmd, .dot or .json, or pass the format: `--format html`")
}

fn include(matches: &ArgMatches) -> Include {
    let beside: Vec<Beside> = matches
        .get_many("with")
        .map(|beside| beside.copied().collect())
        .unwrap_or_default();
    let has = |what| beside.contains(&what) || beside.contains(&Beside::All);
    Include {
        parameters: has(Beside::Parameters),
        conditions: has(Beside::Conditions),
        outputs: has(Beside::Outputs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_selects_the_format() {
        assert_eq!(Format::of(Path::new("a/graph.svg")), Some(Format::Svg));
        // A README is not replaced by a drawing.
        assert_eq!(Format::of(Path::new("README.md")), None);
    }
}
