//! The DOT format of Graphviz.

use std::fmt::Write as _;

use super::Graph;

impl Graph {
    /// The graph in DOT.
    pub fn to_dot(&self) -> String {
        let mut text = "digraph stack {\n  rankdir=LR\n  node [shape=box, style=rounded, fontname=\"Helvetica\", fontsize=11]\n  edge [fontname=\"Helvetica\", fontsize=9, color=\"#7c8798\"]\n".to_owned();
        for node in &self.nodes {
            let label = format!("{}\\n{}", escape(&node.id), escape(&node.label()));
            // Writing into a string cannot fail.
            _ = writeln!(
                text,
                "  {} [label=\"{label}\", color=\"{}\", tooltip=\"{}\"]",
                node.name(),
                node.category().colour(),
                escape(&node.type_name)
            );
        }
        for edge in &self.edges {
            if let (Some(from), Some(to)) = (self.nodes.get(edge.from), self.nodes.get(edge.to)) {
                _ = writeln!(
                    text,
                    "  {} -> {} [label=\"{}\"]",
                    from.name(),
                    to.name(),
                    escape(&edge.label())
                );
            }
        }
        text + "}\n"
    }
}

fn escape(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        letter if letter.is_control() => " ".to_owned(),
        letter => letter.to_string(),
    });
    letters.collect()
}
