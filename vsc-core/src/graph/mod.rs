//! The graph of references in a template, and its formats.
//!
//! ```
//! use vsc_core::graph::{Graph, Include};
//! use vsc_core::template::Source;
//!
//! let text = "Resources:\n  Role:\n    Type: AWS::IAM::Role\n  Profile:\n    Type: AWS::IAM::InstanceProfile\n    Properties:\n      Roles: [!Ref Role]\n";
//! let source = Source::read(text).expect("it is a template");
//! let graph = Graph::of(source.json(), Include::default());
//! assert!(graph.to_mermaid().contains("r_Profile -->|\"Roles[0]\"| r_Role"));
//! ```

mod category;
mod dot;
mod html;
mod json;
mod layout;
mod mermaid;
mod svg;

use std::collections::HashMap;

use vsc_spec::Json;
use vsc_spec::resource::Step;

use crate::template::{Mention, Path, Relation, mentions, mentions_of_resource};

pub use category::Category;

/// The kind of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NodeKind {
    /// A resource.
    Resource,
    /// A parameter.
    Parameter,
    /// A condition.
    Condition,
    /// An output.
    Output,
}

impl NodeKind {
    /// The stable name for programs.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resource => "resource",
            Self::Parameter => "parameter",
            Self::Condition => "condition",
            Self::Output => "output",
        }
    }

    const fn section(self) -> &'static str {
        match self {
            Self::Resource => "Resources",
            Self::Parameter => "Parameters",
            Self::Condition => "Conditions",
            Self::Output => "Outputs",
        }
    }

    /// Whether the target of the relation can be of this kind.
    fn is_named_by(self, relation: Relation) -> bool {
        match self {
            Self::Resource => !matches!(relation, Relation::Condition | Relation::Mapping),
            Self::Parameter => relation == Relation::Ref,
            Self::Condition => relation == Relation::Condition,
            // Nothing in the same template refers to an output.
            Self::Output => false,
        }
    }
}

/// The elements that are shown beside the resources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Include {
    /// Parameters.
    pub parameters: bool,
    /// Conditions.
    pub conditions: bool,
    /// Outputs.
    pub outputs: bool,
}

impl Include {
    /// Everything.
    pub const ALL: Self = Self {
        parameters: true,
        conditions: true,
        outputs: true,
    };

    fn has(self, kind: NodeKind) -> bool {
        match kind {
            NodeKind::Resource => true,
            NodeKind::Parameter => self.parameters,
            NodeKind::Condition => self.conditions,
            NodeKind::Output => self.outputs,
        }
    }
}

/// A resource or another element of the template.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Node {
    /// The kind.
    pub kind: NodeKind,
    /// Its logical ID.
    pub id: String,
    /// The type of a resource or a parameter, otherwise the name of the kind.
    pub type_name: String,
    /// Its definition in the template.
    pub definition: Json,
}

impl Node {
    /// A short label: `EC2 Instance`.
    pub fn label(&self) -> String {
        match self.kind {
            NodeKind::Resource => {
                let mut parts = self.type_name.split("::");
                match (parts.next(), parts.next(), parts.next()) {
                    (Some("AWS"), Some(service), Some(name)) => format!("{service} {name}"),
                    _ => self.type_name.clone(),
                }
            }
            NodeKind::Parameter => format!("parameter, {}", self.type_name),
            NodeKind::Condition => "condition".to_owned(),
            NodeKind::Output => "output".to_owned(),
        }
    }

    /// The category, for its colour.
    pub fn category(&self) -> Category {
        match self.kind {
            NodeKind::Resource => Category::of(&self.type_name),
            NodeKind::Parameter => Category::Parameter,
            NodeKind::Condition => Category::Condition,
            NodeKind::Output => Category::Output,
        }
    }

    /// A unique name across all kinds, valid in all formats.
    fn name(&self) -> String {
        let kind = match self.kind {
            NodeKind::Resource => 'r',
            NodeKind::Parameter => 'p',
            NodeKind::Condition => 'c',
            NodeKind::Output => 'o',
        };
        let id = self.id.chars().map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter.to_string()
            } else {
                format!("_{:x}", u32::from(letter))
            }
        });
        format!("{kind}_{}", id.collect::<String>())
    }
}

/// One or more references from one node to another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edge {
    /// The index of the referring node.
    pub from: usize,
    /// The index of the target.
    pub to: usize,
    /// The references.
    pub mentions: Vec<Mention>,
}

impl Edge {
    /// The short path of the first reference, and the number of others.
    pub fn label(&self) -> String {
        let mut paths: Vec<String> = self.mentions.iter().map(path_of).collect();
        paths.dedup();
        match paths.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            [first, others @ ..] => format!("{first} and {} more", others.len()),
        }
    }
}

/// The short path of a reference: without `Properties`, long paths abbreviated.
fn path_of(mention: &Mention) -> String {
    const LONGEST: usize = 40;
    let steps = mention.path.steps();
    let path: Path = match mention.path.first() {
        Some("Properties") => steps.iter().skip(1).cloned().collect(),
        _ => mention.path.clone(),
    };
    let text = path.to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    let last = path
        .steps()
        .iter()
        .rposition(|step| matches!(step, Step::Key(_)));
    let first: Path = path.steps().iter().take(1).cloned().collect();
    let last: Path = path
        .steps()
        .iter()
        .skip(last.unwrap_or(0))
        .cloned()
        .collect();
    format!("{first} … {last}")
}

/// A graph of references.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Graph {
    /// The nodes, in the order of the template.
    pub nodes: Vec<Node>,
    /// The edges, in the order of the referring nodes.
    pub edges: Vec<Edge>,
}

impl Graph {
    /// The graph of a template in its long form.
    pub fn of(template: &Json, include: Include) -> Self {
        let kinds = [
            NodeKind::Parameter,
            NodeKind::Condition,
            NodeKind::Resource,
            NodeKind::Output,
        ];
        let mut graph = Self::default();
        for kind in kinds.into_iter().filter(|kind| include.has(*kind)) {
            let section = template.get(kind.section()).and_then(Json::as_object);
            for (id, definition) in section.into_iter().flat_map(vsc_spec::Object::iter) {
                let type_name = match definition.get("Type").and_then(Json::as_str) {
                    Some(name) if kind != NodeKind::Output => name,
                    _ => kind.name(),
                };
                graph.nodes.push(Node {
                    kind,
                    id: id.to_owned(),
                    type_name: type_name.to_owned(),
                    definition: definition.clone(),
                });
            }
        }
        // The first of equal names counts.
        let nodes = graph.nodes.iter().enumerate().rev();
        let indices: HashMap<(NodeKind, String), usize> = nodes
            .map(|(index, node)| ((node.kind, node.id.clone()), index))
            .collect();
        for from in 0..graph.nodes.len() {
            graph.connect(from, &indices);
        }
        graph
    }

    fn connect(&mut self, from: usize, indices: &HashMap<(NodeKind, String), usize>) {
        let Some(node) = self.nodes.get(from) else {
            return;
        };
        let found = match node.kind {
            NodeKind::Resource | NodeKind::Output => mentions_of_resource(&node.definition),
            NodeKind::Parameter => Vec::new(),
            NodeKind::Condition => mentions(&node.definition),
        };
        let mut edges: Vec<Edge> = Vec::new();
        let mut known: HashMap<usize, usize> = HashMap::new();
        let kinds = [NodeKind::Parameter, NodeKind::Condition, NodeKind::Resource];
        for mention in found {
            let named = kinds
                .into_iter()
                .filter(|kind| kind.is_named_by(mention.relation));
            let mut to = named.filter_map(|kind| indices.get(&(kind, mention.name.clone())));
            let Some(&to) = to.next() else { continue };
            let index = *known.entry(to).or_insert(edges.len());
            match edges.get_mut(index) {
                Some(edge) => edge.mentions.push(mention),
                None => edges.push(Edge {
                    from,
                    to,
                    mentions: vec![mention],
                }),
            }
        }
        self.edges.append(&mut edges);
    }
}

#[cfg(test)]
mod tests;
