//! Blocks of similar nodes.

use std::collections::{BTreeMap, BTreeSet};

use super::{BESIDE, Frame, GAP, LETTER, Length, NODE_HEIGHT, Rectangle, SMALL_LETTER};
use crate::graph::{Graph, Node};

/// The number of similar nodes from which on they form a block.
const ALIKE: usize = 3;
/// The padding of a block.
const PADDING: Length = 12;
/// The height of a block's title.
const TITLE: Length = 24;
/// The widths of nodes; longer texts are truncated.
const NARROWEST: Length = 120;
const WIDEST: Length = 260;

/// A node, or several similar ones.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The nodes, by their indices.
    pub(super) members: Vec<usize>,
    pub(super) width: Length,
    pub(super) height: Length,
    columns: usize,
    cell: Length,
}

/// All nodes in blocks: nodes of the same type with the same references in both directions share one.
pub(super) fn blocks(graph: &Graph) -> Vec<Block> {
    let mut ends: Vec<[BTreeSet<usize>; 2]> =
        vec![<[BTreeSet<usize>; 2]>::default(); graph.nodes.len()];
    for edge in &graph.edges {
        if let Some([to, _]) = ends.get_mut(edge.from) {
            to.insert(edge.to);
        }
        if let Some([_, from]) = ends.get_mut(edge.to) {
            from.insert(edge.from);
        }
    }
    let mut alike: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, (node, [to, from])) in graph.nodes.iter().zip(&ends).enumerate() {
        // Nodes without references are grouped by kind only.
        let kind = (node.kind, node.type_name.as_str());
        alike.entry((kind, to, from)).or_default().push(index);
    }
    let mut blocks: Vec<Block> = Vec::new();
    for members in alike.into_values() {
        if members.len() >= ALIKE {
            blocks.push(Block::of(graph, members));
        } else {
            let alone = members
                .into_iter()
                .map(|member| Block::of(graph, vec![member]));
            blocks.extend(alone);
        }
    }
    // In the order of the template.
    blocks.sort_by_key(|block| block.members.first().copied());
    blocks
}

impl Block {
    fn of(graph: &Graph, members: Vec<usize>) -> Self {
        let nodes = members.iter().filter_map(|member| graph.nodes.get(*member));
        let cell = nodes.map(width).max().unwrap_or(NARROWEST);
        if members.len() == 1 {
            return Self {
                members,
                width: cell,
                height: NODE_HEIGHT,
                columns: 1,
                cell,
            };
        }
        let connected = |member: &usize| {
            let mut edges = graph.edges.iter();
            edges.any(|edge| edge.from == *member || edge.to == *member)
        };
        // Enough columns to make it about square; nodes without references lie flat below the rest.
        let flat = if members.iter().any(connected) { 2 } else { 1 };
        let columns = (1..members.len())
            .find(|columns| {
                let rows = length(members.len().div_ceil(*columns));
                rows * (NODE_HEIGHT + GAP) * 4 <= length(*columns) * (cell + GAP) * flat * flat * 2
            })
            .unwrap_or(1);
        let rows = length(members.len().div_ceil(columns));
        let title = length(title(graph, &members).chars().count()) * SMALL_LETTER;
        let inner = length(columns) * (cell + GAP) - GAP;
        Self {
            width: inner.max(title) + 2 * PADDING,
            height: TITLE + rows * (NODE_HEIGHT + GAP) - GAP + PADDING,
            members,
            columns,
            cell,
        }
    }

    /// The rectangles of the nodes, given the block's corner.
    pub(super) fn placed(&self, (x, y): (Length, Length)) -> Vec<(usize, Rectangle)> {
        let alone = self.members.len() == 1;
        let (left, top) = if alone { (0, 0) } else { (PADDING, TITLE) };
        let members = self.members.iter().enumerate().map(|(index, member)| {
            let (row, column) = (index / self.columns, index % self.columns);
            let rectangle = Rectangle {
                x: x + left + length(column) * (self.cell + GAP),
                y: y + top + length(row) * (NODE_HEIGHT + GAP),
                width: self.cell,
                height: NODE_HEIGHT,
            };
            (*member, rectangle)
        });
        members.collect()
    }

    /// The frame around several nodes.
    pub(super) fn frame(&self, graph: &Graph, (x, y): (Length, Length)) -> Option<Frame> {
        (self.members.len() > 1).then(|| Frame {
            title: title(graph, &self.members),
            rectangle: Rectangle {
                x,
                y,
                width: self.width,
                height: self.height,
            },
        })
    }
}

fn title(graph: &Graph, members: &[usize]) -> String {
    let node = members.first().and_then(|first| graph.nodes.get(*first));
    let label = node.map(Node::label).unwrap_or_default();
    format!("{} × {label}", members.len())
}

fn width(node: &Node) -> Length {
    let name = length(node.id.chars().count()) * LETTER;
    let label = length(node.label().chars().count()) * SMALL_LETTER;
    (name.max(label) + BESIDE).clamp(NARROWEST, WIDEST)
}

/// A count as a length.
pub(super) fn length(count: usize) -> Length {
    Length::try_from(count).unwrap_or(Length::MAX / 1_000)
}
