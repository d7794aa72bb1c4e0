//! The Mermaid format, which GitHub and wikis render.

use std::fmt::Write as _;

use super::{Category, Graph};

impl Graph {
    /// The graph as a flowchart of Mermaid.
    pub fn to_mermaid(&self) -> String {
        let mut text = "flowchart LR\n".to_owned();
        for node in &self.nodes {
            let (name, category) = (node.name(), node.category().name());
            let (id, label) = (escape(&node.id), escape(&node.label()));
            // Writing into a string cannot fail.
            _ = writeln!(
                text,
                "  {name}[\"{id}<br/><small>{label}</small>\"]:::{category}"
            );
        }
        for edge in &self.edges {
            let (Some(from), Some(to)) = (self.nodes.get(edge.from), self.nodes.get(edge.to))
            else {
                continue;
            };
            let label = edge.label();
            let (from, to) = (from.name(), to.name());
            _ = if label.is_empty() {
                writeln!(text, "  {from} --> {to}")
            } else if label
                .chars()
                .all(|letter| letter.is_alphanumeric() || letter == ' ')
            {
                writeln!(text, "  {from} -->|{label}| {to}")
            } else {
                writeln!(text, "  {from} -->|\"{}\"| {to}", escape(&label))
            };
        }
        for category in Category::ALL {
            if self.nodes.iter().any(|node| node.category() == category) {
                let (name, colour) = (category.name(), category.colour());
                _ = writeln!(text, "  classDef {name} stroke:{colour},stroke-width:2px");
            }
        }
        text
    }
}

/// Text between quotes, with special characters of Mermaid and HTML escaped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' | '<' | '>' | '&' | '#' | ';' | '`' | '\\' | '|' | '{' | '}' => {
                // Writing into a string cannot fail.
                _ = write!(out, "#{};", u32::from(letter));
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
