//! A stack and its template.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use vsc_core::template::Source;
use vsc_spec::Json;

use super::Team;
use crate::text::shown;

/// A stack: of an app, of a template in a file, or known by its name alone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stack {
    pub(crate) name: String,
    pub(crate) template: Template,
    /// The region that the app declares.
    pub(crate) region: Option<String>,
    /// The stacks that are deployed before it.
    pub(crate) depends_on: Vec<String>,
    pub(crate) tags: Vec<Tag>,
    /// The team, if it is the stack of one.
    pub(crate) team: Option<Team>,
    /// What `preview` boots: see [`super::Preview`].
    pub(crate) preview: Option<String>,
    /// The file of its template, if that was passed instead of an app.
    pub(crate) file: Option<PathBuf>,
}

impl Stack {
    /// Whether an app or a file declares it. Otherwise only its name is known.
    pub(crate) fn is_declared(&self) -> bool {
        !self.template.text.is_empty()
    }

    /// The arguments with which `deploy` and `import` select it: its name, or its file and its name.
    pub(crate) fn selection(&self) -> String {
        match &self.file {
            Some(file) => format!("{} --stack {}", quoted(file), self.name),
            None => self.name.clone(),
        }
    }
}

/// A path as a word of a command.
fn quoted(path: &Path) -> String {
    let path = shown(path);
    if path.contains(char::is_whitespace) && !path.contains('\'') {
        format!("'{path}'")
    } else {
        path
    }
}

/// The logical ID of the host in a stack of which only the name is known.
const HOST: &str = "Host";

impl Stack {
    /// The logical ID of the stack's host, if it has one.
    pub(crate) fn host_id(&self) -> &str {
        let team = self.team.as_ref();
        team.map_or(HOST, |team| team.host.logical_id.as_str())
    }
}

/// A tag of all resources of a stack.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Tag {
    pub(crate) key: String,
    pub(crate) value: String,
}

/// A template: its text, and its values in the long forms of intrinsic functions.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) text: String,
    pub(crate) json: Json,
}

impl Default for Template {
    fn default() -> Self {
        Self {
            text: String::new(),
            json: Json::Object(vsc_spec::Object::new()),
        }
    }
}

impl Template {
    /// A template in YAML or JSON.
    ///
    /// # Errors
    ///
    /// When it is neither.
    pub(crate) fn read(text: String) -> Result<Self, vsc_core::template::SourceError> {
        let source = Source::read(&text)?;
        let json = source.json().clone();
        Ok(Self { text, json })
    }

    /// The resources: logical ID and declaration.
    pub(crate) fn resources(&self) -> impl Iterator<Item = (&str, &Json)> {
        let resources = self.json.get("Resources").and_then(Json::as_object);
        resources.into_iter().flat_map(vsc_spec::Object::iter)
    }
}
