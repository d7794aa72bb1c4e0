//! The whole program.

use vsc_spec::cloudformation::has_function_prefix;
use vsc_spec::json::Text;
use vsc_spec::resource::Step;
use vsc_spec::{Json, Object};

use super::code::Code;
use super::scope::Scope;
use super::statement::{Kept, Note, Reason, Statement, comment};

/// A program while it is being written.
#[derive(Debug)]
pub(super) struct Program {
    /// The template.
    pub(super) template: Json,
    pub(super) scope: Scope,
    /// Statements in paragraphs.
    paragraphs: Vec<Vec<Statement>>,
    notes: Vec<Note>,
}

/// The Rust of a template.
#[derive(Clone, Debug)]
pub(crate) struct Converted {
    /// The `use` lines.
    pub(crate) imports: String,
    /// The statements of the function `build`.
    pub(crate) body: String,
    /// The elements that are not checked.
    pub(crate) notes: Vec<Note>,
}

/// The sections that are written element by element, in the order of the program.
type Write = fn(&mut Program, &str, &Json);
const SECTIONS: [(&str, Write); 6] = [
    ("Parameters", Program::parameter),
    ("Rules", Program::rule),
    ("Mappings", Program::mapping),
    ("Conditions", Program::condition),
    ("Resources", Program::resource),
    ("Outputs", Program::output),
];

/// Writes a template as Rust.
pub(crate) fn convert(template: &Object) -> Converted {
    let mut program = Program {
        template: Json::Object(template.clone()),
        scope: Scope::default(),
        paragraphs: Vec::new(),
        notes: Vec::new(),
    };
    program.head(template);
    for (section, write) in SECTIONS {
        match template.get(section) {
            None => {}
            Some(Json::Object(elements)) => {
                for (name, element) in elements.iter() {
                    if has_function_prefix(name) {
                        let reason = format!("only a transform processes `{name}`");
                        program.element(section, name, element, reason);
                    } else {
                        write(&mut program, name, element);
                    }
                }
            }
            Some(other) => {
                let reason = format!("`{section}` is not an object");
                program.element("Template", section, other, reason);
            }
        }
    }
    program.finish()
}

impl Program {
    /// The sections about the template as a whole.
    fn head(&mut self, template: &Object) {
        for (name, value) in template.iter() {
            let stack = Code::plain("stack");
            match (name, value) {
                ("AWSTemplateFormatVersion", _) => {}
                ("Description", Json::String(text)) => {
                    self.push(Statement::new(stack.method("describe", [Code::text(text)])));
                }
                ("Transform", Json::Array(transforms)) => {
                    for transform in transforms {
                        let transform = self.scope.code(transform);
                        self.push(Statement::new(
                            Code::plain("stack").method("transform", [transform]),
                        ));
                    }
                }
                ("Transform", transform) => {
                    let transform = self.scope.code(transform);
                    self.push(Statement::new(stack.method("transform", [transform])));
                }
                ("Metadata", Json::Object(metadata)) => {
                    for (name, value) in metadata.iter() {
                        let arguments = [Code::text(name), self.scope.code(value)];
                        self.push(Statement::new(
                            Code::plain("stack").method("metadata", arguments),
                        ));
                    }
                }
                (name, _) if SECTIONS.iter().any(|(known, _)| *known == name) => {}
                (name, value) => {
                    let reason = match name {
                        "Description" | "Metadata" => format!("`{name}` has an unknown form"),
                        _ => format!("vsc has no section `{name}`"),
                    };
                    self.element("Template", name, value, reason);
                }
            }
        }
    }

    /// Begins a paragraph.
    pub(super) fn push(&mut self, statement: Statement) {
        self.paragraphs.push(vec![statement]);
    }

    /// Continues the paragraph.
    pub(super) fn follow(&mut self, statement: Statement) {
        match self.paragraphs.last_mut() {
            Some(paragraph) => paragraph.push(statement),
            None => self.push(statement),
        }
    }

    pub(super) fn note(&mut self, section: &str, name: &str, kept: Kept, reasons: Vec<Reason>) {
        let step = |name: &str| Step::Key(Text::Owned(name.to_owned()));
        let mut path = vec![step(name)];
        if section != "Template" {
            path.insert(0, step(section));
        }
        self.notes.push(Note {
            path,
            kept,
            reasons,
        });
    }

    /// An element, copied unchanged from the template.
    pub(super) fn element(
        &mut self,
        section: &str,
        name: &str,
        value: &Json,
        reason: impl Into<Reason>,
    ) {
        self.scope.import("vsc::template", "Section");
        let arguments = [
            Code::plain(format!("Section::{section}")),
            Code::text(name),
            self.scope.code(value),
        ];
        let reasons = vec![reason.into()];
        let mut statement = Statement::new(Code::plain("stack").method("element", arguments));
        statement.comment = comment("Copied unchanged from the template", &reasons);
        self.push(statement);
        self.note(section, name, Kept::Unchanged, reasons);
    }

    fn finish(self) -> Converted {
        let mut body = String::new();
        let mut was_long = true;
        for paragraph in &self.paragraphs {
            let text: String = paragraph
                .iter()
                .map(|statement| statement.text(&self.scope))
                .collect();
            let is_long = text.lines().count() > 1;
            if !body.is_empty() && (is_long || was_long) {
                body.push('\n');
            }
            was_long = is_long;
            body.push_str(&text);
        }
        self.scope.import("vsc::cli", "self");
        self.scope.import("vsc::cli", "Entry");
        self.scope.import("vsc::prelude", "*");
        Converted {
            imports: self.scope.imports(),
            body,
            notes: self.notes,
        }
    }
}
