//! The positions of slots.

use super::block::length;
use super::order::neighbours;
use super::{Block, GAP, LAYER_GAP, Layers, Length, Slot};

/// The positions of all slots: their left, their top, and the width of their layer.
#[derive(Debug)]
pub(super) struct Coordinates {
    pub(super) x: Vec<Length>,
    pub(super) y: Vec<Length>,
    pub(super) width: Vec<Length>,
}

/// The height of a passing line.
const LINE: Length = 4;

/// The coordinates of all slots: columns from left to right, and in each column every slot as near to
/// the middle of its neighbours as possible.
pub(super) fn coordinates(layers: &Layers, blocks: &[Block]) -> Coordinates {
    let count = layers.slots.len();
    let size = |slot: usize| match layers.slots.get(slot) {
        Some(Slot::Block(index)) => blocks
            .get(*index)
            .map_or((0, 0), |block| (block.width, block.height)),
        _ => (0, LINE),
    };
    let mut coordinates = Coordinates {
        x: vec![0; count],
        y: vec![0; count],
        width: vec![0; count],
    };
    columns(layers, &size, &mut coordinates);
    rows(layers, &size, &mut coordinates.y);
    alone(layers, &size, &mut coordinates);
    coordinates
}

fn columns(
    layers: &Layers,
    size: &impl Fn(usize) -> (Length, Length),
    coordinates: &mut Coordinates,
) {
    let mut left = 0;
    let mut links = vec![0; layers.slots.len()];
    for (one, _) in &layers.links {
        links
            .get_mut(*one)
            .into_iter()
            .for_each(|count| *count += 1);
    }
    for order in &layers.order {
        let widest = order.iter().map(|slot| size(*slot).0).max().unwrap_or(0);
        for slot in order {
            let (own, is_line) = (size(*slot).0, layers.slots.get(*slot) == Some(&Slot::Line));
            if let (Some(x), Some(width)) = (
                coordinates.x.get_mut(*slot),
                coordinates.width.get_mut(*slot),
            ) {
                *x = if is_line {
                    left
                } else {
                    left + (widest - own) / 2
                };
                *width = widest;
            }
        }
        // Many lines need room to bend.
        let links: usize = order.iter().filter_map(|slot| links.get(*slot)).sum();
        left += widest + LAYER_GAP + length(links.min(30)) * 2;
    }
}

fn rows(layers: &Layers, size: &impl Fn(usize) -> (Length, Length), y: &mut [Length]) {
    const ROUNDS: usize = 24;
    for order in &layers.order {
        let mut top = 0;
        for slot in order {
            if let Some(y) = y.get_mut(*slot) {
                *y = top;
            }
            top += size(*slot).1 + GAP;
        }
    }
    let neighbours = neighbours(layers);
    for round in 0..ROUNDS {
        let mut sweep: Vec<&Vec<usize>> = layers.order.iter().collect();
        if round % 2 == 1 {
            sweep.reverse();
        }
        for order in sweep {
            let wishes: Vec<(Length, Length)> = order
                .iter()
                .map(|slot| {
                    let own = size(*slot).1;
                    let near = neighbours.get(*slot).into_iter().flatten();
                    let centres: Vec<Length> = near
                        .filter_map(|other| Some(y.get(*other)? + size(*other).1 / 2))
                        .collect();
                    let count = length(centres.len());
                    let wish = if count == 0 {
                        y.get(*slot).copied().unwrap_or_default()
                    } else {
                        centres.iter().sum::<Length>() / count - own / 2
                    };
                    (wish, own + GAP)
                })
                .collect();
            for (slot, top) in order.iter().zip(apart(&wishes)) {
                if let Some(y) = y.get_mut(*slot) {
                    *y = top;
                }
            }
        }
    }
    let top = layers
        .order
        .iter()
        .flatten()
        .filter_map(|slot| y.get(*slot))
        .min();
    let top = top.copied().unwrap_or(0);
    y.iter_mut().for_each(|y| *y -= top);
}

/// The positions nearest to the wishes without overlaps and in the same order: conflicting wishes are
/// averaged (isotonic regression by pooling adjacent violators).
fn apart(wishes: &[(Length, Length)]) -> Vec<Length> {
    let mut pools: Vec<(i64, i64)> = Vec::new();
    let mut offset = 0;
    let mut offsets = Vec::with_capacity(wishes.len());
    for (wish, height) in wishes {
        offsets.push(offset);
        let mut pool = (i64::from(wish - offset), 1);
        while let Some(before) = pools.last().copied() {
            if before.0 * pool.1 <= pool.0 * before.1 {
                break;
            }
            pools.pop();
            pool = (before.0 + pool.0, before.1 + pool.1);
        }
        pools.push(pool);
        offset += height;
    }
    let positions = pools.into_iter().flat_map(|(sum, count)| {
        let mean = Length::try_from(sum.div_euclid(count)).unwrap_or_default();
        (0..count).map(move |_| mean)
    });
    positions
        .zip(offsets)
        .map(|(position, offset)| position + offset)
        .collect()
}

/// Puts unconnected blocks below everything else, in rows.
fn alone(
    layers: &Layers,
    size: &impl Fn(usize) -> (Length, Length),
    coordinates: &mut Coordinates,
) {
    let placed: Vec<usize> = layers.order.iter().flatten().copied().collect();
    let right = |coordinates: &Coordinates, slot: &usize| {
        coordinates.x.get(*slot).map(|x| x + size(*slot).0)
    };
    let bottom = |coordinates: &Coordinates, slot: &usize| {
        coordinates.y.get(*slot).map(|y| y + size(*slot).1)
    };
    let widest = placed
        .iter()
        .filter_map(|slot| right(coordinates, slot))
        .max();
    let widest = widest.unwrap_or(0).max(900);
    let below = placed
        .iter()
        .filter_map(|slot| bottom(coordinates, slot))
        .max();
    let mut is_placed = vec![false; layers.slots.len()];
    for slot in placed {
        is_placed
            .get_mut(slot)
            .into_iter()
            .for_each(|is_placed| *is_placed = true);
    }
    let mut top = below.map_or(0, |below| below + 3 * GAP);
    let (mut left, mut row) = (0, 0);
    for slot in 0..layers.slots.len() {
        if is_placed.get(slot) == Some(&true) || layers.slots.get(slot) == Some(&Slot::Line) {
            continue;
        }
        let (width, height) = size(slot);
        if left > 0 && left + width > widest {
            top += row + GAP;
            (left, row) = (0, 0);
        }
        if let (Some(x), Some(y)) = (coordinates.x.get_mut(slot), coordinates.y.get_mut(slot)) {
            (*x, *y) = (left, top);
        }
        left += width + GAP;
        row = row.max(height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wishes_without_conflicts_are_met() {
        assert_eq!(apart(&[(0, 10), (50, 10)]), [0, 50]);
    }

    #[test]
    fn conflicting_wishes_are_averaged() {
        assert_eq!(apart(&[(20, 10), (20, 10)]), [15, 25]);
        assert_eq!(apart(&[(90, 10), (0, 10), (200, 10)]), [40, 50, 200]);
    }
}
