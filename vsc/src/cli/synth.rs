//! `synth`: prints or writes the templates of stacks.

use std::path::PathBuf;

use vsc_core::template::INLINE_BODY;
use vsc_spec::visible::{grouped, one_line};
use vsc_spec::{Diagnostic, suggest};

use super::entry::Entry;
use super::failure::Failure;
use super::output::Output;
use super::stacks::{Selection, SynthesizedStack};
use crate::assembly;

/// The options of the command.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) selection: Selection,
    pub(super) format: Format,
    /// The folder to which templates and their assembly are written instead of printed.
    pub(super) output: Option<PathBuf>,
}

/// The format of a template.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// For people: short, with comments.
    #[default]
    Yaml,
    /// For programs.
    Json,
}

impl Format {
    /// The name of the file of a stack's template.
    pub(crate) fn file_name(self, stack: &str) -> String {
        let extension = match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
        };
        format!("{stack}.template.{extension}")
    }

    /// Prints the template in this format, and returns its length in bytes.
    fn print(self, stack: &SynthesizedStack) -> Result<usize, Failure> {
        match self {
            Self::Yaml => Output::print_pieces(|pass_on| stack.template.write_yaml(pass_on)),
            Self::Json => {
                let text = self.text(stack);
                Output::print(&text).map(|()| text.len())
            }
        }
    }

    /// The template in this format.
    pub(crate) fn text(self, stack: &SynthesizedStack) -> String {
        match self {
            Self::Yaml => stack.template.to_yaml_string(),
            Self::Json => stack.template.to_json_string(),
        }
    }
}

/// Prints the template of one stack, or writes those of all stacks to a folder.
pub(super) fn run(entries: &[Entry], options: &Options, output: Output) -> Result<(), Failure> {
    let stacks = options.selection.synthesize(entries)?;
    if let Some(folder) = &options.output {
        let written = assembly::write_selected(entries, &stacks, options.format, folder)?;
        for (stack, text) in stacks.iter().zip(written) {
            note_size(output, stack, text.len());
            let path = folder.join(options.format.file_name(&stack.name));
            output.note(&format!("wrote {}", one_line(&path.to_string_lossy())));
        }
        return Ok(());
    }
    let [stack] = stacks.as_slice() else {
        let names = suggest::list(stacks.iter().map(|stack| stack.name.as_str()));
        let message = format!("the crate has several stacks: {names}");
        return Err(Failure::Usage(Diagnostic::new(message).help(
            "pass the name of one, or write all of them with `--output DIR`",
        )));
    };
    let size = options.format.print(stack)?;
    note_size(output, stack, size);
    // The process ends now: to free every value of the template would take longer than to write it.
    std::mem::forget(stacks);
    Ok(())
}

/// Notes how to deploy a template that is too large for an API call.
fn note_size(output: Output, stack: &SynthesizedStack, size: usize) {
    if size <= INLINE_BODY {
        return;
    }
    let (name, size, most) = (&stack.name, grouped(size), grouped(INLINE_BODY));
    output.note(&format!(
        "note: the template of {name} has {size} bytes, more than the {most} of a call: \
         `deploy` compacts it, or uploads it to S3, as other tools must"
    ));
}
