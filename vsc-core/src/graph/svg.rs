//! The graph as SVG, light or dark by the system's setting.

use std::fmt::Write as _;

use super::layout::{BESIDE, LETTER, Layout, Length, Rectangle, Route, SMALL_LETTER, layout};
use super::{Category, Graph, Node};

/// The style, for SVG files and the HTML page.
const STYLE: &str = include_str!("svg.css");

impl Graph {
    /// The graph as SVG, with a title.
    pub fn to_svg(&self, title: &str) -> String {
        let layout = layout(self);
        let (width, height) = (layout.width, layout.height);
        let title = escape(title);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n<style>{}</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n{}</svg>\n",
            style(),
            content(self, &layout)
        )
    }
}

/// The style sheet, with the colours of the categories.
pub(super) fn style() -> String {
    let mut text = STYLE.to_owned();
    for category in Category::ALL {
        let (name, colour) = (category.name(), category.colour());
        // Writing into a string cannot fail.
        _ = writeln!(text, ".c-{name} .bar {{ fill: {colour}; }}");
        _ = writeln!(text, ".c-{name} .swatch {{ background: {colour}; }}");
    }
    text
}

/// The drawing: frames, then lines, then nodes.
pub(super) fn content(graph: &Graph, layout: &Layout) -> String {
    let mut text = "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto-start-reverse\"><path class=\"head\" d=\"M0 0.5 7.5 4 0 7.5z\"/></marker></defs>\n<g id=\"frames\">\n".to_owned();
    for frame in &layout.frames {
        let Rectangle {
            x,
            y,
            width,
            height,
        } = frame.rectangle;
        // Writing into a string cannot fail.
        _ = writeln!(
            text,
            "<g class=\"frame\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"10\"/><text x=\"{}\" y=\"{}\">{}</text></g>",
            x + 12,
            y + 16,
            escape(&frame.title)
        );
    }
    text.push_str("</g>\n<g id=\"edges\">\n");
    for route in &layout.routes {
        text.push_str(&line(graph, route));
    }
    text.push_str("</g>\n<g id=\"nodes\">\n");
    for (index, (node, rectangle)) in graph.nodes.iter().zip(&layout.nodes).enumerate() {
        text.push_str(&drawn(node, index, *rectangle));
    }
    text.push_str("</g>\n");
    text
}

fn drawn(
    node: &Node,
    index: usize,
    Rectangle {
        x,
        y,
        width,
        height,
    }: Rectangle,
) -> String {
    let room = |letter| usize::try_from((width - BESIDE) / letter).unwrap_or(0);
    let category = node.category().name();
    format!(
        "<g class=\"node c-{category}\" data-node=\"{index}\" transform=\"translate({x} {y})\"><title>{}\n{}</title><rect class=\"box\" width=\"{width}\" height=\"{height}\" rx=\"7\"/><path class=\"bar\" d=\"M7 0H5a5 5 0 0 0-5 5v{}a5 5 0 0 0 5 5h2z\"/><text class=\"id\" x=\"17\" y=\"19\">{}</text><text class=\"type\" x=\"17\" y=\"35\">{}</text></g>\n",
        escape(&node.id),
        escape(&node.type_name),
        height - 10,
        escape(&shortened(&node.id, room(LETTER))),
        escape(&shortened(&node.label(), room(SMALL_LETTER))),
    )
}

/// A line for the edges of a route, with their labels as the title.
fn line(graph: &Graph, route: &Route) -> String {
    let edges = route
        .edges
        .iter()
        .filter_map(|index| graph.edges.get(*index));
    let reported: Vec<String> = edges
        .filter_map(|edge| {
            let (from, to) = (graph.nodes.get(edge.from)?, graph.nodes.get(edge.to)?);
            Some(format!("{} → {}: {}", from.id, to.id, edge.label()))
        })
        .collect();
    let indices: Vec<String> = route.edges.iter().map(ToString::to_string).collect();
    let path = path(&route.points);
    format!(
        "<g class=\"edge\" data-edges=\"{}\"><title>{}</title><path class=\"near\" d=\"{path}\"/><path class=\"line\" d=\"{path}\" marker-end=\"url(#arrow)\"/></g>\n",
        indices.join(" "),
        escape(&reported.join("\n")),
    )
}

/// Curves from point to point that leave and arrive level.
fn path(points: &[(Length, Length)]) -> String {
    let mut text = String::new();
    let mut before: Option<(Length, Length)> = None;
    for (x, y) in points.iter().copied() {
        // Writing into a string cannot fail.
        _ = match before {
            None => write!(text, "M{x} {y}"),
            Some((_, level)) if level == y => write!(text, "H{x}"),
            Some((left, level)) => {
                let middle = Length::midpoint(left, x);
                write!(text, "C{middle} {level} {middle} {y} {x} {y}")
            }
        };
        before = Some((x, y));
    }
    text
}

/// The text, truncated to the room.
fn shortened(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    kept + "…"
}

/// Text in XML: special characters as entities, invalid ones as spaces.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
