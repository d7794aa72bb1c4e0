//! The graph of any template is drawn in every format, and every format can be parsed.

use vsc::template::write_json;
use vsc_core::graph::{Graph, Include};

use crate::template;

pub(crate) fn holds(data: &[u8]) {
    let (template, _) = template::of(data);
    let none = Include::default();
    assert!(
        Graph::of(&template, none).nodes.len() <= Graph::of(&template, Include::ALL).nodes.len()
    );
    for include in [none, Include::ALL] {
        let graph = Graph::of(&template, include);
        for edge in &graph.edges {
            assert!(edge.from < graph.nodes.len() && edge.to < graph.nodes.len());
            assert!(!edge.mentions.is_empty());
        }
        let json = write_json(&graph.to_json());
        assert!(
            serde_json::from_str::<serde_json::Value>(&json).is_ok(),
            "{json}"
        );
        let svg = graph.to_svg("a <title> & \"more\"");
        roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
        assert!(graph.to_dot().starts_with("digraph"));
        assert!(graph.to_mermaid().lines().count() > graph.nodes.len());
        let html = graph.to_html("</script><script>alert(1)</script>");
        assert!(!html.contains("<script>alert(1)"));
    }
}
