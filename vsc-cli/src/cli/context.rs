//! The context of a command.

use std::path::Path;
#[cfg(feature = "aws")]
use std::sync::Arc;

use clap::ArgMatches;

use super::stacks;
use crate::Failure;
use crate::app::App;
#[cfg(feature = "aws")]
use crate::assembly::order::Order;
use crate::assembly::{Stack, Synthesis, Template};
#[cfg(feature = "aws")]
use crate::aws::turn::Turn;
use crate::input;
#[cfg(feature = "aws")]
use crate::operation::each::Target;
use crate::terminal::Terminal;
use crate::text::shown;
#[cfg(feature = "aws")]
use crate::view::Person;

/// The app and the streams.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'a> {
    pub(crate) app: &'a App,
    pub(crate) terminal: &'a Terminal,
}

impl Context<'_> {
    /// What became of the stacks that the arguments select: those of [`stacks::arguments`].
    pub(crate) fn synthesized(&self, matches: &ArgMatches) -> Result<Vec<Synthesis>, Failure> {
        let all = self.app.assembly()?.stacks.clone();
        stacks::select(all, &stacks::patterns(matches), Synthesis::name)
    }

    /// Where operations run, and who sees them: the account and region of the arguments, and a person.
    #[cfg(feature = "aws")]
    pub(crate) fn target(&self, matches: &ArgMatches) -> Target {
        target_of(self.terminal, matches)
    }

    /// The order in which stacks are deployed.
    ///
    /// # Errors
    ///
    /// When they depend on each other in a circle.
    #[cfg(feature = "aws")]
    pub(crate) fn order(&self, stacks: &[Stack]) -> Result<Order, Failure> {
        // The assembly was read already if several stacks were selected from it.
        let all = if stacks.len() > 1 && stacks.iter().all(Stack::is_declared) {
            self.app.assembly()?.stacks.as_slice()
        } else {
            &[]
        };
        Order::of(stacks, all).map_err(|circle| {
            Failure::input(format!("circular dependency: `{circle}`"))
                .note("a stack is deployed after those whose exports it imports")
                .hint("remove one of these imports (`Fn::ImportValue`), or move the exported resource")
        })
    }

    /// The selected stacks. Fails if one of them could not be synthesized.
    pub(crate) fn selected(&self, matches: &ArgMatches) -> Result<Vec<Stack>, Failure> {
        let selected = self.synthesized(matches)?.into_iter();
        selected.map(stack).collect()
    }

    /// The selected stacks; without an app, stacks of these names, of which nothing else is known.
    pub(crate) fn selected_or_named(&self, matches: &ArgMatches) -> Result<Vec<Stack>, Failure> {
        let names = stacks::patterns(matches);
        if self.app.exists() || names.is_empty() || names.iter().any(|name| name.contains('*')) {
            return self.selected(matches);
        }
        let named = names.into_iter().map(|name| Stack {
            name,
            ..Stack::default()
        });
        Ok(named.collect())
    }

    /// The selected stack, or that of a template in a file.
    pub(crate) fn stack_or_file(
        &self,
        matches: &ArgMatches,
        purpose: &str,
    ) -> Result<Stack, Failure> {
        match stacks::patterns(matches).as_slice() {
            [file] if is_file(file) => stack_of_file(Path::new(file)),
            _ => stacks::only(self.selected(matches)?, purpose),
        }
    }
}

/// A stack of the template in a file, named after the file.
///
/// # Errors
///
/// When the file cannot be read, or is not a template.
pub(crate) fn stack_of_file(file: &Path) -> Result<Stack, Failure> {
    let name = file.file_name().map(|name| name.to_string_lossy());
    let name = name.as_deref().and_then(|name| name.split('.').next());
    let name = name.filter(|name| !name.is_empty() && *name != "-");
    Ok(Stack {
        name: name.unwrap_or("template").to_owned(),
        template: template(file)?,
        ..Stack::default()
    })
}

fn stack(synthesis: Synthesis) -> Result<Stack, Failure> {
    match synthesis {
        Synthesis::Done(stack) => Ok(*stack),
        Synthesis::Rejected { name, diagnostics } => Err(Failure::rejected(name, diagnostics)),
    }
}

/// Whether an argument names a file rather than a stack: it exists, or has the extension of a template.
pub(crate) fn is_file(argument: &str) -> bool {
    let path = Path::new(argument);
    let extension = path.extension().and_then(|extension| extension.to_str());
    argument == "-"
        // A pipe is not a regular file: `vsc diff <(…) new.yaml`.
        || (path.exists() && !path.is_dir())
        || extension.is_some_and(|it| ["yaml", "yml", "json", "template"].contains(&it))
}

/// The template in a file.
///
/// # Errors
///
/// When the file cannot be read, or is not a template.
pub(crate) fn template(file: &Path) -> Result<Template, Failure> {
    let text = input::read_text(file)?;
    let template =
        Template::read(text).map_err(|error| Failure::input(format!("{}:{error}", shown(file))))?;
    if template
        .json
        .get("Resources")
        .and_then(vsc_spec::Json::as_object)
        .is_none()
    {
        return Err(Failure::input(format!(
            "{}: not a template: it has no `Resources`",
            shown(file)
        ))
        .hint("pass the output of `synth` or `aws cloudformation get-template`"));
    }
    Ok(template)
}

/// Where operations run, and who sees them: the account and region of the arguments, and a person.
#[cfg(feature = "aws")]
pub(crate) fn target_of(terminal: &Terminal, matches: &ArgMatches) -> Target {
    Target {
        session: super::aws::session(matches),
        io: Arc::new(Person::new(terminal)),
        turn: Turn::default(),
    }
}
