//! Differences of values.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use vsc_spec::resource::UpdateType;
use vsc_spec::{Json, Object};

use super::normal::{canonical, is_same};
use crate::template::{Path, is_function_or_condition};

/// A difference of two values.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ValueChange {
    /// The path in the new value, or in the old one if it is removed.
    pub path: Path,
    /// The old value.
    pub old: Option<Json>,
    /// The new value.
    pub new: Option<Json>,
    /// The effect on the resource; in place unless it is a property.
    pub update: UpdateType,
}

impl ValueChange {
    /// Whether a list has the same items in another order.
    pub fn is_order(&self) -> bool {
        match (&self.old, &self.new) {
            (Some(Json::Array(old)), Some(Json::Array(new))) => {
                let sorted = |items: &[Json]| {
                    let mut items: Vec<String> = items.iter().map(canonical).collect();
                    items.sort_unstable();
                    items
                };
                sorted(old) == sorted(new)
            }
            _ => false,
        }
    }
}

/// All differences of the values, as deep as possible.
pub(super) fn compare(path: &Path, old: &Json, new: &Json) -> Vec<ValueChange> {
    let mut changes = Vec::new();
    values(path, old, new, &mut changes);
    changes
}

/// The same for two objects, whose members are not functions.
pub(super) fn members(old: &Object, new: &Object) -> Vec<ValueChange> {
    let mut changes = Vec::new();
    each_member(&Path::root(), old, new, &mut changes);
    changes
}

fn values(path: &Path, old: &Json, new: &Json, changes: &mut Vec<ValueChange>) {
    if is_same(old, new) {
        return;
    }
    match (old, new) {
        (Json::Object(old), Json::Object(new)) if !is_call(old) && !is_call(new) => {
            each_member(path, old, new, changes);
        }
        (Json::Array(old), Json::Array(new)) => items(path, old, new, changes),
        _ => changes.push(change(path.clone(), Some(old), Some(new))),
    }
}

fn each_member(path: &Path, old: &Object, new: &Object, changes: &mut Vec<ValueChange>) {
    for (name, value) in old.iter() {
        let path = path.member(name);
        match new.get(name) {
            Some(other) => values(&path, value, other, changes),
            None => changes.push(change(path, Some(value), None)),
        }
    }
    for (name, value) in new.iter().filter(|(name, _)| !old.contains(name)) {
        changes.push(change(path.member(name), None, Some(value)));
    }
}

fn is_call(object: &Object) -> bool {
    object
        .single()
        .is_some_and(|(name, _)| is_function_or_condition(name))
}

fn change(path: Path, old: Option<&Json>, new: Option<&Json>) -> ValueChange {
    ValueChange {
        path,
        old: old.cloned(),
        new: new.cloned(),
        update: UpdateType::InPlace,
    }
}

/// Members that identify an item of a list.
const KEYS: [&str; 10] = [
    "Key",
    "Name",
    "Id",
    "Sid",
    "DeviceName",
    "PolicyName",
    "AttributeName",
    "IndexName",
    "ParameterKey",
    "ContainerName",
];

/// Items are matched if they are equal, then by their names, then by their position between the same
/// neighbours.
fn items(path: &Path, old: &[Json], new: &[Json], changes: &mut Vec<ValueChange>) {
    let before: Vec<String> = old.iter().map(canonical).collect();
    let after: Vec<String> = new.iter().map(canonical).collect();
    let mut gone: Vec<(usize, usize)> = Vec::new();
    let mut come: Vec<(usize, usize)> = Vec::new();
    for (hunk, op) in capture_diff_slices(Algorithm::Myers, &before, &after)
        .into_iter()
        .enumerate()
    {
        if !matches!(op, DiffOp::Equal { .. }) {
            gone.extend(op.old_range().map(|index| (index, hunk)));
            come.extend(op.new_range().map(|index| (index, hunk)));
        }
    }
    let equal = |from: usize, to: usize| before.get(from) == after.get(to);
    let moved = pair(&mut gone, &mut come, |(from, _), (to, _)| equal(from, to));
    let named = pair(&mut gone, &mut come, |(from, _), (to, _)| {
        let name = old.get(from).and_then(name_of);
        name.is_some() && name == new.get(to).and_then(name_of)
    });
    let near = pair(&mut gone, &mut come, |(from, here), (to, there)| {
        let (Some(old), Some(new)) = (old.get(from), new.get(to)) else {
            return false;
        };
        let differ = name_of(old).is_some() && name_of(new).is_some();
        here == there && !differ && matches!((old, new), (Json::Object(_), Json::Object(_)))
    });
    if !moved.is_empty() {
        let lists = (Json::Array(old.to_vec()), Json::Array(new.to_vec()));
        let order = change(path.clone(), Some(&lists.0), Some(&lists.1));
        if order.is_order() {
            changes.push(order);
        }
    }
    let mut pairs: Vec<(usize, usize)> = named.into_iter().chain(near).collect();
    pairs.sort_by_key(|(_, to)| *to);
    for (from, to) in pairs {
        if let (Some(old), Some(new)) = (old.get(from), new.get(to)) {
            values(&path.item(to), old, new, changes);
        }
    }
    for (index, _) in gone {
        changes.push(change(path.item(index), old.get(index), None));
    }
    for (index, _) in come {
        changes.push(change(path.item(index), None, new.get(index)));
    }
}

type Leftover = (usize, usize);

/// Removes the pairs that fit from both sides.
fn pair(
    gone: &mut Vec<Leftover>,
    come: &mut Vec<Leftover>,
    fits: impl Fn(Leftover, Leftover) -> bool,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    gone.retain(|&from| match come.iter().position(|&to| fits(from, to)) {
        Some(index) => {
            let (to, _) = come.remove(index);
            pairs.push((from.0, to));
            false
        }
        None => true,
    });
    pairs
}

fn name_of(item: &Json) -> Option<(&'static str, String)> {
    let object = item.as_object().filter(|object| !is_call(object))?;
    KEYS.iter()
        .find_map(|key| Some((*key, canonical(object.get(key)?))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Source;

    fn reported(old: &Json, new: &Json) -> Vec<String> {
        let word = |value: &Option<Json>| value.as_ref().map_or("-".to_owned(), canonical);
        compare(&Path::root(), old, new)
            .iter()
            .map(|change| {
                format!(
                    "{} {} {}",
                    change.path,
                    word(&change.old),
                    word(&change.new)
                )
            })
            .collect()
    }

    fn tag(key: &'static str, value: &'static str) -> Json {
        Json::object([("Key", key), ("Value", value)])
    }

    #[test]
    fn members_are_compared_by_name() {
        let old = Json::object([("A", Json::Integer(1)), ("B", Json::Integer(2))]);
        let new = Json::object([("B", Json::Integer(3)), ("C", Json::Integer(4))]);
        assert_eq!(
            reported(&old, &new),
            ["A \"1\" -", "B \"2\" \"3\"", "C - \"4\""]
        );
    }

    #[test]
    fn an_inserted_item_is_one_change() {
        let old = Json::array(["a", "c"]);
        let new = Json::array(["a", "b", "c"]);
        assert_eq!(reported(&old, &new), ["[1] - \"b\""]);
    }

    #[test]
    fn items_are_matched_by_name() {
        let old = Json::array([tag("Name", "x"), tag("Team", "y")]);
        let new = Json::array([tag("Cost", "z"), tag("Team", "w"), tag("Name", "x")]);
        assert_eq!(
            reported(&old, &new),
            [
                "[1].Value \"y\" \"w\"",
                "[0] - {\"Key\":\"Cost\",\"Value\":\"z\"}"
            ]
        );
    }

    #[test]
    fn another_order_is_reported_as_such() {
        let (old, new) = (Json::array(["a", "b"]), Json::array(["b", "a"]));
        let changes = compare(&Path::root(), &old, &new);
        let [only] = changes.as_slice() else {
            panic!("{changes:?}")
        };
        assert!(only.is_order());
    }

    #[test]
    fn a_function_is_replaced_as_a_whole() {
        let call = |name: &'static str| Json::object([("Ref", name)]);
        assert_eq!(
            reported(&call("A"), &call("B")),
            [" {\"Ref\":\"A\"} {\"Ref\":\"B\"}"]
        );
    }

    #[test]
    fn items_are_matched_with_their_old_values() {
        for (old, new, changes) in [
            // By value, at any index.
            ("[a, b, c]", "[a, c]", &["[1] \"b\" -"][..]),
            ("[a]", "[a, b, c]", &["[1] - \"b\"", "[2] - \"c\""]),
            ("[a, b]", "[a, x]", &["[1] \"b\" -", "[1] - \"x\""]),
            ("[a, b]", "[b, a, c]", &["[2] - \"c\""]),
            ("[1, '2']", "['1', 2]", &[]),
            // By name.
            (
                "[{Key: a, Value: b}]",
                "[{Key: a, Value: c}]",
                &["[0].Value \"b\" \"c\""],
            ),
            (
                "[{Key: a, Value: b}]",
                "[{Key: x, Value: b}]",
                &[
                    "[0] {\"Key\":\"a\",\"Value\":\"b\"} -",
                    "[0] - {\"Key\":\"x\",\"Value\":\"b\"}",
                ],
            ),
            (
                "[{Sid: 1, A: b}, {Sid: 2, A: c}]",
                "[{Sid: 2, A: d}, {Sid: 1, A: e}]",
                &["[0].A \"c\" \"d\"", "[1].A \"b\" \"e\""],
            ),
            // By the position between the same neighbours, unless the names differ.
            (
                "[a, {P: 1, Q: 1}, b]",
                "[a, {P: 1, Q: 2}, b]",
                &["[1].Q \"1\" \"2\""],
            ),
            (
                "[{P: 1}, a]",
                "[a, {P: 2}]",
                &["[0] {\"P\":\"1\"} -", "[1] - {\"P\":\"2\"}"],
            ),
            (
                "[{P: 1}]",
                "[{Name: x}]",
                &["[0].P \"1\" -", "[0].Name - \"x\""],
            ),
            ("[[a]]", "[[b]]", &["[0] [\"a\"] -", "[0] - [\"b\"]"]),
            (
                "[!Ref A]",
                "[!Ref B]",
                &["[0] {\"Ref\":\"A\"} {\"Ref\":\"B\"}"],
            ),
            (
                "[{Ref: Key}]",
                "[{Key: a}]",
                &["[0] {\"Ref\":\"Key\"} {\"Key\":\"a\"}"],
            ),
            // Moved items are not confused with changed ones.
            (
                "[a, b, {Key: k, V: 1}]",
                "[{Key: k, V: 2}, b, a]",
                &["[0].V \"1\" \"2\""],
            ),
        ] {
            let read = |text: &str| {
                let source = Source::read(&format!("Value: {text}\n")).expect(text);
                source.json().get("Value").cloned().expect(text)
            };
            assert_eq!(reported(&read(old), &read(new)), changes, "{old} → {new}");
        }
    }

    #[test]
    fn only_lists_of_the_same_items_have_an_order() {
        let list = |items: &[&'static str]| Some(Json::array(items.iter().copied()));
        let order = |old, new| {
            let (path, update) = (Path::root(), UpdateType::InPlace);
            ValueChange {
                path,
                old,
                new,
                update,
            }
            .is_order()
        };
        assert!(order(list(&["a", "b", "a"]), list(&["a", "a", "b"])));
        for (old, new) in [
            (list(&["a", "b"]), list(&["a", "a", "b"])),
            (list(&["a"]), list(&["b"])),
            (list(&["a"]), None),
            (None, list(&["a"])),
            (Some("a".into()), Some("a".into())),
            (Some("a".into()), list(&["a"])),
        ] {
            assert!(!order(old.clone(), new.clone()), "{old:?} {new:?}");
        }
    }
}
