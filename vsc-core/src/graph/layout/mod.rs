//! The layout: layers from left to right, each node left of those that it refers to (Sugiyama's method:
//! layers by the longest path, order by barycentres, then positions).
//!
//! Similar nodes, such as the records of all developers, share a block, so that a large team is as
//! readable as a small one.

mod block;
mod order;
mod position;

use std::collections::{HashMap, HashSet};

use super::Graph;

use block::Block;

/// A length in pixels.
pub(super) type Length = i32;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rectangle {
    pub(super) x: Length,
    pub(super) y: Length,
    pub(super) width: Length,
    pub(super) height: Length,
}

/// The frame around similar nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) title: String,
    pub(super) rectangle: Rectangle,
}

/// A line from one block to another, for one or more edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Route {
    /// The edges, by their indices.
    pub(super) edges: Vec<usize>,
    /// Its points, from left to right unless it goes back.
    pub(super) points: Vec<(Length, Length)>,
}

/// A layout of a graph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) width: Length,
    pub(super) height: Length,
    /// The nodes, by their indices.
    pub(super) nodes: Vec<Rectangle>,
    pub(super) frames: Vec<Frame>,
    pub(super) routes: Vec<Route>,
}

/// The width of a letter of a name, in a rather wide font.
pub(super) const LETTER: Length = 9;
/// The width of a letter of a type.
pub(super) const SMALL_LETTER: Length = 7;
/// The width of a node in addition to its letters.
pub(super) const BESIDE: Length = 28;
/// The height of a node.
pub(super) const NODE_HEIGHT: Length = 44;
/// The distance between nodes.
pub(super) const GAP: Length = 14;
/// The distance between layers.
const LAYER_GAP: Length = 96;
/// The margin.
const MARGIN: Length = 24;

/// The most slots for lines. More lines than that are drawn straight.
const MOST_LINES: usize = 5_000;

/// A slot in a layer: a block, or a passing line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Block(usize),
    Line,
}

/// The blocks in layers, and the links between neighbours.
#[derive(Debug, Default)]
struct Layers {
    slots: Vec<Slot>,
    /// The slots of each layer, from top to bottom.
    order: Vec<Vec<usize>>,
    /// Pairs of slots in neighbouring layers.
    links: Vec<(usize, usize)>,
}

/// A connection between blocks, and the slots that it goes through.
#[derive(Debug)]
struct Connection {
    edges: Vec<usize>,
    /// From left to right.
    chain: Vec<usize>,
    /// Whether it goes from right to left.
    back: bool,
}

/// Lays a graph out.
pub(super) fn layout(graph: &Graph) -> Layout {
    let blocks = block::blocks(graph);
    let connections = connections(graph, &blocks);
    let (mut layers, routes) = layered(&blocks, connections);
    order::untangle(&mut layers);
    let coordinates = position::coordinates(&layers, &blocks);
    draw(graph, &blocks, &layers, &routes, &coordinates)
}

/// Edges between blocks, those of the same two together.
fn connections(graph: &Graph, blocks: &[Block]) -> Vec<((usize, usize), Vec<usize>)> {
    let mut block_of = vec![0; graph.nodes.len()];
    for (index, block) in blocks.iter().enumerate() {
        for member in &block.members {
            if let Some(slot) = block_of.get_mut(*member) {
                *slot = index;
            }
        }
    }
    let mut all: Vec<((usize, usize), Vec<usize>)> = Vec::new();
    let mut indices: HashMap<(usize, usize), usize> = HashMap::new();
    for (index, edge) in graph.edges.iter().enumerate() {
        let ends = block_of.get(edge.from).zip(block_of.get(edge.to));
        let Some((&from, &to)) = ends.filter(|(from, to)| from != to) else {
            continue;
        };
        let connection = *indices.entry((from, to)).or_insert(all.len());
        match all.get_mut(connection) {
            Some((_, edges)) => edges.push(index),
            None => all.push(((from, to), vec![index])),
        }
    }
    all
}

/// Puts blocks into layers, and a slot into every layer that a connection passes.
fn layered(
    blocks: &[Block],
    connections: Vec<((usize, usize), Vec<usize>)>,
) -> (Layers, Vec<Connection>) {
    let pairs: Vec<(usize, usize)> = connections.iter().map(|(pair, _)| *pair).collect();
    let forward = order::without_cycles(blocks.len(), &pairs);
    let ranks = order::ranks(blocks.len(), &forward);
    let mut layers = Layers {
        order: vec![Vec::new(); ranks.iter().max().map_or(0, |rank| rank + 1)],
        ..Layers::default()
    };
    let connected: HashSet<usize> = pairs.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let rank = |block: usize| ranks.get(block).copied().unwrap_or_default();
    let passed = |(left, right): &(usize, usize)| rank(*right).saturating_sub(rank(*left) + 1);
    let is_dense = forward.iter().map(passed).sum::<usize>() > MOST_LINES;
    for (index, rank) in ranks.iter().enumerate() {
        layers.slots.push(Slot::Block(index));
        // Unconnected blocks are below everything else.
        if connected.contains(&index)
            && let Some(layer) = layers.order.get_mut(*rank)
        {
            layer.push(index);
        }
    }
    let mut routes = Vec::new();
    for (((from, _), edges), (left, right)) in connections.into_iter().zip(forward) {
        let mut chain = vec![left];
        let first = if is_dense {
            rank(right)
        } else {
            rank(left) + 1
        };
        for layer in first..rank(right) {
            let slot = layers.slots.len();
            layers.slots.push(Slot::Line);
            if let Some(layer) = layers.order.get_mut(layer) {
                layer.push(slot);
            }
            chain.push(slot);
        }
        chain.push(right);
        for pair in chain.windows(2) {
            if let [one, other] = *pair {
                layers.links.push((one, other));
            }
        }
        routes.push(Connection {
            edges,
            chain,
            back: from != left,
        });
    }
    (layers, routes)
}

/// Rectangles and lines from the coordinates of the slots.
fn draw(
    graph: &Graph,
    blocks: &[Block],
    layers: &Layers,
    connections: &[Connection],
    coordinates: &position::Coordinates,
) -> Layout {
    let mut layout = Layout {
        nodes: vec![Rectangle::default(); graph.nodes.len()],
        ..Layout::default()
    };
    let mut corners = vec![(0, 0); blocks.len()];
    for (slot, kind) in layers.slots.iter().enumerate() {
        let Slot::Block(index) = *kind else { continue };
        let (Some(block), Some(x), Some(y)) = (
            blocks.get(index),
            coordinates.x.get(slot),
            coordinates.y.get(slot),
        ) else {
            continue;
        };
        let corner = (x + MARGIN, y + MARGIN);
        if let Some(known) = corners.get_mut(index) {
            *known = corner;
        }
        layout.width = layout.width.max(corner.0 + block.width + MARGIN);
        layout.height = layout.height.max(corner.1 + block.height + MARGIN);
        for (member, rectangle) in block.placed(corner) {
            if let Some(node) = layout.nodes.get_mut(member) {
                *node = rectangle;
            }
        }
        layout.frames.extend(block.frame(graph, corner));
    }
    for connection in connections {
        let mut points = Vec::new();
        let last = connection.chain.len().saturating_sub(1);
        for (step, slot) in connection.chain.iter().enumerate() {
            match layers.slots.get(*slot) {
                Some(Slot::Block(index)) => {
                    let (Some(block), Some((x, y))) = (blocks.get(*index), corners.get(*index))
                    else {
                        continue;
                    };
                    let level = y + block.height / 2;
                    // In a column wider than the block, the line is level up to the column's end:
                    // an earlier bend would cross other blocks of the column.
                    let column = coordinates.width.get(*slot).copied().unwrap_or_default();
                    let beside = (column - block.width) / 2;
                    if step == last {
                        points.extend([(x - beside, level), (*x, level)]);
                    } else {
                        let right = x + block.width;
                        points.extend([(right, level), (right + beside, level)]);
                    }
                }
                _ => {
                    let (Some(x), Some(y), Some(width)) = (
                        coordinates.x.get(*slot),
                        coordinates.y.get(*slot),
                        coordinates.width.get(*slot),
                    ) else {
                        continue;
                    };
                    points.push((x + MARGIN, y + MARGIN));
                    points.push((x + width + MARGIN, y + MARGIN));
                }
            }
        }
        for (x, y) in &points {
            layout.width = layout.width.max(x + MARGIN);
            layout.height = layout.height.max(y + MARGIN);
        }
        if connection.back {
            points.reverse();
        }
        layout.routes.push(Route {
            edges: connection.edges.clone(),
            points,
        });
    }
    layout
}

#[cfg(test)]
mod tests;
