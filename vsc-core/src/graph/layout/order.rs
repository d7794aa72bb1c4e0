//! The layer of each block, and the order within layers.

use super::Layers;

/// The pairs without cycles: those that would close one are reversed.
pub(super) fn without_cycles(count: usize, pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        Open,
        Done,
    }
    let mut next: Vec<Vec<(usize, usize)>> = vec![Vec::new(); count];
    for (index, (from, to)) in pairs.iter().enumerate() {
        if let Some(next) = next.get_mut(*from) {
            next.push((*to, index));
        }
    }
    let mut seen = vec![Seen::Not; count];
    let mut turned = vec![false; pairs.len()];
    for start in 0..count {
        if seen.get(start) != Some(&Seen::Not) {
            continue;
        }
        // An explicit stack: recursion would overflow on a chain of thousands of resources.
        let mut path = vec![(start, 0)];
        while let Some((node, step)) = path.pop() {
            if let Some(seen) = seen.get_mut(node) {
                *seen = Seen::Open;
            }
            let Some((to, index)) = next.get(node).and_then(|next| next.get(step)).copied() else {
                if let Some(seen) = seen.get_mut(node) {
                    *seen = Seen::Done;
                }
                continue;
            };
            path.push((node, step + 1));
            match seen.get(to) {
                Some(Seen::Open) => {
                    if let Some(turned) = turned.get_mut(index) {
                        *turned = true;
                    }
                }
                Some(Seen::Not) => path.push((to, 0)),
                _ => {}
            }
        }
    }
    let pairs = pairs.iter().zip(turned);
    pairs
        .map(|((from, to), turned)| if turned { (*to, *from) } else { (*from, *to) })
        .collect()
}

/// The layer of each: as far to the right as its references allow. The pairs have no cycles.
pub(super) fn ranks(count: usize, pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut referring: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut left = vec![0_usize; count];
    for (from, to) in pairs {
        if let (Some(referring), Some(left)) = (referring.get_mut(*to), left.get_mut(*from)) {
            referring.push(*from);
            *left += 1;
        }
    }
    // In topological order, from those without references.
    let mut heights = vec![0_usize; count];
    let is_free = |node: &usize| left.get(*node) == Some(&0);
    let mut free: Vec<usize> = (0..count).filter(is_free).collect();
    while let Some(node) = free.pop() {
        let above = heights.get(node).map_or(0, |height| height + 1);
        for from in referring.get(node).into_iter().flatten() {
            if let (Some(height), Some(left)) = (heights.get_mut(*from), left.get_mut(*from)) {
                *height = above.max(*height);
                *left -= 1;
                if *left == 0 {
                    free.push(*from);
                }
            }
        }
    }
    let highest = heights.iter().max().copied().unwrap_or_default();
    heights.iter().map(|height| highest - height).collect()
}

/// Sorts the layers until few lines cross: each slot to the middle of its neighbours, from left to
/// right and back again.
pub(super) fn untangle(layers: &mut Layers) {
    const ROUNDS: usize = 12;
    let neighbours = neighbours(layers);
    let mut best = layers.order.clone();
    let mut fewest = crossings(layers);
    let mut positions: Vec<(usize, i64)> = vec![(usize::MAX, 0); layers.slots.len()];
    for round in 0..ROUNDS {
        let count = layers.order.len();
        let sweep: Vec<usize> = if round % 2 == 0 {
            (1..count).collect()
        } else {
            (0..count.saturating_sub(1)).rev().collect()
        };
        for layer in sweep {
            let before = if round % 2 == 0 { layer - 1 } else { layer + 1 };
            note(layers, before, &mut positions);
            let Some(order) = layers.order.get_mut(layer) else {
                continue;
            };
            let mut keyed: Vec<(i64, usize)> = order
                .iter()
                .enumerate()
                .map(|(own, slot)| {
                    let near = neighbours.get(*slot).into_iter().flatten();
                    let near: Vec<i64> = near
                        .filter_map(|other| positions.get(*other))
                        .filter(|(layer, _)| *layer == before)
                        .map(|(_, position)| *position)
                        .collect();
                    (middle(&near).unwrap_or(scaled(own)), *slot)
                })
                .collect();
            keyed.sort_by_key(|(key, _)| *key);
            *order = keyed.into_iter().map(|(_, slot)| slot).collect();
        }
        let crossing = crossings(layers);
        if crossing < fewest {
            fewest = crossing;
            best.clone_from(&layers.order);
        }
    }
    layers.order = best;
}

/// The slots that each is linked with.
pub(super) fn neighbours(layers: &Layers) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new(); layers.slots.len()];
    for (one, other) in &layers.links {
        if let Some(near) = all.get_mut(*one) {
            near.push(*other);
        }
        if let Some(near) = all.get_mut(*other) {
            near.push(*one);
        }
    }
    all
}

/// A position, scaled to leave room for averages.
fn scaled(position: usize) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX / 1_024) * 1_024
}

fn middle(positions: &[i64]) -> Option<i64> {
    let count = i64::try_from(positions.len())
        .ok()
        .filter(|count| *count > 0)?;
    Some(positions.iter().sum::<i64>() / count)
}

/// Notes the positions of a layer's slots, by slot, each with its layer.
fn note(layers: &Layers, layer: usize, positions: &mut [(usize, i64)]) {
    for (position, slot) in layers.order.get(layer).into_iter().flatten().enumerate() {
        if let Some(known) = positions.get_mut(*slot) {
            *known = (layer, scaled(position));
        }
    }
}

/// The number of crossing links. Not counted for very many links, where it would take long.
pub(super) fn crossings(layers: &Layers) -> usize {
    const MOST: usize = 4_000;
    if layers.links.len() > MOST {
        return 0;
    }
    let mut positions = vec![(0, 0); layers.slots.len()];
    for (layer, order) in layers.order.iter().enumerate() {
        for (index, slot) in order.iter().enumerate() {
            if let Some(known) = positions.get_mut(*slot) {
                *known = (layer, index);
            }
        }
    }
    let ends: Vec<_> = layers
        .links
        .iter()
        .filter_map(|(one, other)| Some((positions.get(*one)?, positions.get(*other)?)))
        .collect();
    let mut crossing = 0;
    for (index, (one, other)) in ends.iter().enumerate() {
        for (from, to) in ends.iter().skip(index + 1) {
            let between = one.0 == from.0;
            if between && (one.1 < from.1) != (other.1 < to.1) && one.1 != from.1 && other.1 != to.1
            {
                crossing += 1;
            }
        }
    }
    crossing
}
