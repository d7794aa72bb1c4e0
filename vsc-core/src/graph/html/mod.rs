//! An interactive HTML page: pan, zoom, search, and details of a clicked node.
//!
//! It makes no network requests, and its content security policy allows only its own script and style.

use vsc_spec::resource::{self, ResourceType, Step};
use vsc_spec::{Json, Object};

use super::json::reference;
use super::layout::layout;
use super::svg::{content, escape, style};
use super::{Category, Edge, Graph, Node, NodeKind};
use crate::template::{write_json, write_template_yaml};

const SCRIPT: &str = include_str!("page.js");
const STYLE: &str = include_str!("page.css");

/// The digests of the script and the style in the page's content security policy, checked by a test.
const SCRIPT_DIGEST: &str = "sha256-Ey2hiBAIR2JwE7BJ3okESn68t2cifJHN01bP8z5DGkk=";
const STYLE_DIGEST: &str = "sha256-YI7NHIpP15iLN/g6FPve2MiK79U4+Q4mutC65B2VHPo=";

impl Graph {
    /// The graph as a page for a browser, with a title.
    pub fn to_html(&self, title: &str) -> String {
        let layout = layout(self);
        let title = escape(title);
        let counted = counted(self);
        let legend: String = Category::ALL
            .iter()
            .filter(|category| self.nodes.iter().any(|node| node.category() == **category))
            .map(|category| {
                let name = category.name();
                format!("<button type=\"button\" class=\"c-{name}\" data-category=\"{name}\" aria-pressed=\"false\"><span class=\"swatch\"></span>{name}</button>")
            })
            .collect();
        [
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src '",
            SCRIPT_DIGEST,
            "'; style-src '",
            STYLE_DIGEST,
            "'; base-uri 'none'; form-action 'none'\">\n",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
            "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
            &title,
            "</title>\n<style>",
            &page_style(),
            "</style>\n</head>\n<body>\n<header>\n<h1>",
            &title,
            "</h1>\n<p id=\"counts\">",
            &counted,
            "</p>\n<div id=\"finder\" role=\"search\"><input id=\"search\" type=\"search\" placeholder=\"Search: name, type or property\" aria-label=\"Search\" aria-controls=\"results\" autocomplete=\"off\" spellcheck=\"false\"><kbd>/</kbd><ul id=\"results\" role=\"listbox\" aria-label=\"Search results\" hidden></ul></div>\n</header>\n",
            &format!("<main><svg id=\"graph\" role=\"group\" aria-label=\"{title}\" data-width=\"{}\" data-height=\"{}\"><g id=\"view\">\n", layout.width, layout.height),
            &content(self, &layout),
            "</g></svg>\n<nav id=\"legend\" aria-label=\"Categories\">",
            &legend,
            "</nav>\n<div id=\"controls\"><button type=\"button\" id=\"closer\" title=\"Zoom in (+)\" aria-label=\"Zoom in\">+</button><button type=\"button\" id=\"farther\" title=\"Zoom out (−)\" aria-label=\"Zoom out\">−</button><button type=\"button\" id=\"fit\" title=\"Zoom to fit (0)\" aria-label=\"Zoom to fit\">⤢</button></div>\n<p id=\"hint\">Drag to move · wheel or pinch to zoom · <kbd>/</kbd> to search · click a node</p>\n",
            "<aside id=\"panel\" aria-live=\"polite\" hidden></aside></main>\n<noscript>Enable scripts to explore the graph.</noscript>\n",
            "<script type=\"application/json\" id=\"data\">",
            &embedded(&data(self)),
            "</script>\n<script>",
            SCRIPT,
            "</script>\n</body>\n</html>\n",
        ]
        .concat()
    }
}

fn page_style() -> String {
    style() + STYLE
}

/// The counts: `24 resources, 7 parameters, 41 references`.
fn counted(graph: &Graph) -> String {
    let kinds = [
        (NodeKind::Resource, "resource"),
        (NodeKind::Parameter, "parameter"),
        (NodeKind::Condition, "condition"),
        (NodeKind::Output, "output"),
    ];
    let count = |kind| graph.nodes.iter().filter(|node| node.kind == kind).count();
    let kinds = kinds.into_iter().map(|(kind, name)| (count(kind), name));
    let all = kinds.chain([(graph.edges.len(), "reference")]);
    let words = all.filter(|(count, _)| *count > 0).map(|(count, name)| {
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {name}{plural}")
    });
    words.collect::<Vec<_>>().join(", ")
}

/// JSON for a script element: nothing in it ends the element or opens a comment.
fn embedded(value: &Json) -> String {
    write_json(value)
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn data(graph: &Graph) -> Json {
    Json::object([
        ("nodes", Json::array(graph.nodes.iter().map(node))),
        ("edges", Json::array(graph.edges.iter().map(edge))),
    ])
}

fn index(index: usize) -> Json {
    Json::Integer(i64::try_from(index).unwrap_or(i64::MAX))
}

fn edge(edge: &Edge) -> Json {
    Json::Object(
        Object::new()
            .with("from", index(edge.from))
            .with("to", index(edge.to))
            .with("label", edge.label())
            .with(
                "references",
                Json::array(edge.mentions.iter().map(reference)),
            ),
    )
}

fn node(node: &Node) -> Json {
    let specification = match node.kind {
        NodeKind::Resource => resource::find(&node.type_name),
        _ => None,
    };
    let specification = specification.as_ref();
    let definition = node.definition.as_object();
    let members = definition.into_iter().flat_map(Object::iter);
    let (mut properties, mut options) = (Vec::new(), Vec::new());
    for (name, value) in members.filter(|(name, _)| *name != "Type") {
        match (name, value) {
            ("Properties", Json::Object(object)) if node.kind == NodeKind::Resource => {
                let shown = object.iter();
                properties.extend(shown.map(|(name, value)| member(name, value, specification)));
            }
            (name, value) => options.push(member(name, value, None)),
        }
    }
    Json::Object(
        Object::new()
            .with("id", node.id.clone())
            .with("kind", node.kind.name())
            .with("type", node.type_name.clone())
            .with("category", node.category().name())
            .with("properties", Json::Array(properties))
            .with("options", Json::Array(options)),
    )
}

/// A property: its value in YAML, and the effect of an update.
fn member(name: &str, value: &Json, specification: Option<&ResourceType>) -> Json {
    let update = specification.map(|specification| {
        let path = [Step::Key(name.to_owned().into())];
        specification.update_of_value(&path, value)
    });
    Json::Object(
        Object::new()
            .with("name", name.to_owned())
            .with("yaml", write_template_yaml(value))
            .with_some("update", update.map(resource::UpdateType::name))
            .with_some("effect", update.map(resource::UpdateType::in_words)),
    )
}

#[cfg(test)]
mod tests;
