//! A graph as JSON, for scripts: names are stable, members may be added.

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Json, Object};

use super::{Graph, Node};
use crate::template::{Mention, Relation};

impl Graph {
    /// The graph as a JSON value for scripts:
    ///
    /// - `nodes`: `id`, `kind` (`resource`, `parameter`, `condition`, `output`), `type`, `category`
    /// - `edges`: `from` and `to`, each with `kind` and `id`; `references` (`path`, `relation`, which
    ///   is `Ref`, `GetAtt`, `DependsOn`, `Condition` or `FindInMap`, and `attribute`)
    pub fn to_json(&self) -> Json {
        let nodes = self.nodes.iter().map(|node| {
            let object = named(node)
                .with("type", node.type_name.clone())
                .with("category", node.category().name());
            Json::Object(object)
        });
        let edges = self.edges.iter().filter_map(|edge| {
            let end = |index| self.nodes.get(index).map(named);
            let references = edge.mentions.iter().map(reference);
            Some(Json::Object(
                Object::new()
                    .with("from", end(edge.from)?)
                    .with("to", end(edge.to)?)
                    .with("references", Json::array(references)),
            ))
        });
        Json::object([("nodes", Json::array(nodes)), ("edges", Json::array(edges))])
    }
}

fn named(node: &Node) -> Object {
    Object::new()
        .with("id", node.id.clone())
        .with("kind", node.kind.name())
}

/// A reference, also for the HTML page.
pub(super) fn reference(mention: &Mention) -> Json {
    let relation = match mention.relation {
        Relation::Ref => IntrinsicFunction::Ref.name(),
        Relation::Attribute => "GetAtt",
        Relation::DependsOn => "DependsOn",
        Relation::Condition => "Condition",
        Relation::Mapping => "FindInMap",
    };
    Json::Object(
        Object::new()
            .with("path", mention.path.to_string())
            .with("relation", relation)
            .with_some("attribute", mention.attribute.clone()),
    )
}
