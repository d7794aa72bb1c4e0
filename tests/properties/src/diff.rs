//! Equal templates do not differ; and what is added in one direction is removed in the other.

use vsc_core::diff::{ChangeKind, Difference};

use crate::{generate, template};

pub(crate) fn holds(data: &[u8]) {
    let (old, _) = template::of(data);
    let new = generate::changed(&old, data);
    for same in [&old, &new] {
        let none = Difference::between(same, same);
        assert!(none.is_empty(), "{none:?}");
        assert!(
            none.access.is_empty() && none.network.is_empty(),
            "{none:?}"
        );
        assert!(none.renames.is_empty(), "{none:?}");
    }
    let there = Difference::between(&old, &new);
    let back = Difference::between(&new, &old);
    symmetric(&there, &back);
    let json = vsc::template::write_json(&there.to_json());
    assert!(
        serde_json::from_str::<serde_json::Value>(&json).is_ok(),
        "{json}"
    );
    assert_eq!(there, Difference::between(&old, &new));
    if old == new {
        assert!(there.is_empty());
    }
    counted(&there);
}

fn symmetric(there: &Difference, back: &Difference) {
    assert_eq!(there.is_empty(), back.is_empty());
    assert_eq!(there.counts().add, back.counts().remove);
    assert_eq!(there.counts().remove, back.counts().add);
    assert_eq!(there.entries.len(), back.entries.len());
    assert_eq!(there.access.len(), back.access.len());
    assert_eq!(there.network.len(), back.network.len());
    for change in &there.resources {
        // A resource that differs only in its references may be unchanged in the other direction.
        if change.properties.is_empty()
            && change.options.is_empty()
            && change.kind == ChangeKind::Changed
        {
            continue;
        }
        let other = back.resources.iter().find(|other| other.id == change.id);
        let other = other.unwrap_or_else(|| panic!("{} differs in one direction only", change.id));
        assert_eq!(
            change.kind == ChangeKind::Added,
            other.kind == ChangeKind::Removed
        );
        assert_eq!(
            change.kind == ChangeKind::Removed,
            other.kind == ChangeKind::Added
        );
    }
}

/// Checks that the counts are those of the resources.
fn counted(there: &Difference) {
    let counts = there.counts();
    let all = counts.add + counts.change + counts.replace + counts.remove;
    assert_eq!(all, there.resources.len());
    let replaced = there
        .replaces()
        .filter(|change| change.kind == ChangeKind::Changed);
    assert_eq!(counts.replace, replaced.count());
    assert_eq!(counts.remove, there.removes().count());
}
