//! The stacks of a crate: selection and synthesis.

use vsc_core::StackError;
use vsc_core::template::Template;
use vsc_spec::team::{Declaration, StackName, TeamIde};
use vsc_spec::{Diagnostic, glob, suggest};

use super::entry::{Build, Entry, StackSource, Synthesis};
use super::failure::Failure;

/// A stack of the crate with a valid declaration.
#[derive(Clone, Debug)]
pub(crate) struct DeclaredStack {
    pub(crate) name: String,
    kind: StackKind,
}

#[derive(Clone, Debug)]
enum StackKind {
    Team {
        ide: Box<TeamIde>,
        synthesis: Synthesis,
    },
    Stack(Build),
}

/// A synthesized stack.
#[derive(Clone, Debug)]
pub(crate) struct SynthesizedStack {
    pub(crate) name: String,
    pub(crate) template: Template,
    /// Its team, if it is the stack of a team.
    pub(crate) ide: Option<TeamIde>,
}

impl DeclaredStack {
    /// The stack of an entry. The macro checked teams already; constants and entries made at run time
    /// are checked here. `adapt` may change a declaration before that.
    ///
    /// # Errors
    ///
    /// When the declaration is invalid.
    pub(crate) fn of(
        entry: &Entry,
        adapt: impl Fn(&Declaration) -> Option<Declaration>,
    ) -> Result<Self, Failure> {
        match &entry.source {
            StackSource::Team {
                declaration,
                synthesis,
            } => {
                let declaration = declaration.declaration();
                let adapted = adapt(declaration);
                let ide = checked(adapted.as_ref().unwrap_or(declaration))?;
                Ok(Self {
                    name: ide.name().to_owned(),
                    kind: StackKind::Team {
                        ide: Box::new(ide),
                        synthesis: synthesis.clone(),
                    },
                })
            }
            StackSource::Stack { name, build } => {
                let name = StackName::new(name.to_string()).map_err(Failure::Input)?;
                Ok(Self {
                    name: name.as_str().to_owned(),
                    kind: StackKind::Stack(build.clone()),
                })
            }
        }
    }

    /// The stacks of all entries.
    ///
    /// # Errors
    ///
    /// When a declaration is invalid, or two have one name.
    pub(crate) fn all(entries: &[Entry]) -> Result<Vec<Self>, Failure> {
        let mut all: Vec<Self> = Vec::with_capacity(entries.len());
        for entry in entries {
            let stack = Self::of(entry, |_| None)?;
            if all.iter().any(|other| other.name == stack.name) {
                let message = format!("two declarations have the stack name `{}`", stack.name);
                return Err(Failure::Input(
                    Diagnostic::new(message).help("give one of them another `stack_name`"),
                ));
            }
            all.push(stack);
        }
        Ok(all)
    }

    /// Builds the template.
    ///
    /// # Errors
    ///
    /// When what `extend` or a function added is invalid.
    pub(crate) fn synthesize(self) -> Result<SynthesizedStack, StackError> {
        let (template, ide) = match self.kind {
            StackKind::Team { ide, synthesis } => (synthesis.synthesize(&ide)?, Some(*ide)),
            StackKind::Stack(build) => ((build.0)(&self.name)?, None),
        };
        Ok(SynthesizedStack {
            name: self.name,
            template,
            ide,
        })
    }
}

fn checked(declaration: &Declaration) -> Result<TeamIde, Failure> {
    declaration.check().map_err(|violations| {
        let diagnostics = violations
            .into_iter()
            .map(|violation| violation.diagnostic)
            .collect();
        Failure::Rejected(declaration.type_name.to_string(), diagnostics)
    })
}

/// The stacks that the arguments select: by default all.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection {
    /// Names, in which `*` matches any characters.
    pub(super) patterns: Vec<String>,
    /// Whether `--all` is given.
    pub(super) all: bool,
}

impl Selection {
    /// Rejects `--all` beside names.
    pub(super) fn check(&self) -> Result<(), Failure> {
        match self.patterns.first() {
            Some(name) if self.all => Err(Failure::Usage(
                Diagnostic::new(format!(
                    "`--all` selects all stacks, and `{name}` one of them"
                ))
                .help("pass one or the other"),
            )),
            _ => Ok(()),
        }
    }

    /// The selected stacks of the entries.
    ///
    /// # Errors
    ///
    /// When a declaration is invalid, or a name selects nothing.
    pub(super) fn of(&self, entries: &[Entry]) -> Result<Vec<DeclaredStack>, Failure> {
        let mut stacks = DeclaredStack::all(entries)?;
        if self.patterns.is_empty() {
            return Ok(stacks);
        }
        for pattern in &self.patterns {
            if !stacks.iter().any(|stack| glob(pattern, &stack.name)) {
                let known = || stacks.iter().map(|stack| stack.name.as_str());
                let help = suggest::did_you_mean(pattern, known());
                let help =
                    help.unwrap_or_else(|| format!("the crate has {}", suggest::list(known())));
                let message = format!("no stack `{pattern}`");
                return Err(Failure::Usage(Diagnostic::new(message).help(help)));
            }
        }
        stacks.retain(|stack| {
            let mut patterns = self.patterns.iter();
            patterns.any(|pattern| glob(pattern, &stack.name))
        });
        Ok(stacks)
    }

    /// The same, synthesized.
    ///
    /// # Errors
    ///
    /// When a declaration or what was added to a stack is invalid, or a name selects nothing.
    pub(super) fn synthesize(&self, entries: &[Entry]) -> Result<Vec<SynthesizedStack>, Failure> {
        let stacks = self.of(entries)?.into_iter();
        Ok(stacks
            .map(DeclaredStack::synthesize)
            .collect::<Result<_, _>>()?)
    }
}
