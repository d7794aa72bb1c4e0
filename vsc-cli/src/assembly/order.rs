//! The order in which stacks are deployed: each after those it depends on.

use std::collections::BTreeSet;

use super::{Stack, Synthesis};

/// Which of several stacks wait for which others, by index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Order {
    /// The stacks that each one waits for.
    pub(crate) waits_for: Vec<Vec<usize>>,
}

impl Order {
    /// Each stack waits for those it depends on, also across stacks of the app that are not selected.
    ///
    /// # Errors
    ///
    /// The circular dependency, such as `a → b → a`.
    pub(crate) fn of(selected: &[Stack], all: &[Synthesis]) -> Result<Self, String> {
        let needed = |name: &str| -> Vec<&str> {
            let of_app = all.iter().find_map(|synthesis| match synthesis {
                Synthesis::Done(stack) if stack.name == name => Some(stack.as_ref()),
                _ => None,
            });
            let stack = of_app.or_else(|| selected.iter().find(|stack| stack.name == name));
            let names = stack.into_iter().flat_map(|stack| &stack.depends_on);
            names.map(String::as_str).collect()
        };
        let index = |name: &str| selected.iter().position(|stack| stack.name == name);
        let mut waits_for = Vec::new();
        for stack in selected {
            let mut path = vec![stack.name.as_str()];
            let mut reached = BTreeSet::new();
            reach(&mut path, &mut reached, &needed)?;
            // In the order of the stacks, each once.
            let mut others: Vec<usize> = reached.into_iter().filter_map(index).collect();
            others.sort_unstable();
            waits_for.push(others);
        }
        Ok(Self { waits_for })
    }

    /// The order of deletion: each stack waits for those that depend on it.
    pub(crate) fn reversed(&self) -> Self {
        let waiting = |index: usize| {
            let waiting = self.waits_for.iter().enumerate();
            let waiting = waiting.filter(move |(_, others)| others.contains(&index));
            waiting.map(|(waiting, _)| waiting).collect()
        };
        Self {
            waits_for: (0..self.waits_for.len()).map(waiting).collect(),
        }
    }
}

/// Collects everything that the last stack of the path depends on.
fn reach<'a>(
    path: &mut Vec<&'a str>,
    reached: &mut BTreeSet<&'a str>,
    needed: &impl Fn(&str) -> Vec<&'a str>,
) -> Result<(), String> {
    let last = path.last().copied().unwrap_or_default();
    for other in needed(last) {
        if let Some(start) = path.iter().position(|name| *name == other) {
            let mut circle = path.split_off(start);
            circle.push(other);
            return Err(circle.join(" → "));
        }
        if reached.insert(other) {
            path.push(other);
            reach(path, reached, needed)?;
            path.pop();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stacks, and what each depends on: `a: b c`.
    fn stacks(lines: &[&str]) -> Vec<Stack> {
        let stack = |line: &&str| {
            let (name, others) = line.split_once(':').expect("it has a name");
            Stack {
                name: name.to_owned(),
                depends_on: others.split_whitespace().map(str::to_owned).collect(),
                ..Stack::default()
            }
        };
        lines.iter().map(stack).collect()
    }

    fn order(lines: &[&str]) -> Result<Vec<Vec<usize>>, String> {
        Order::of(&stacks(lines), &[]).map(|order| order.waits_for)
    }

    #[test]
    fn a_stack_waits_for_all_that_it_depends_on() {
        assert_eq!(order(&["a:", "b:"]), Ok(vec![vec![], vec![]]));
        assert_eq!(
            order(&["app: network", "network:", "dns: app", "other:"]),
            Ok(vec![vec![1], vec![], vec![0, 1], vec![]])
        );
        // A stack that is not selected was deployed before.
        assert_eq!(order(&["app: network"]), Ok(vec![vec![]]));
    }

    #[test]
    fn a_stack_waits_across_a_stack_that_is_not_selected() {
        let all = stacks(&["a:", "b: a", "c: b"]);
        let selected = [all[2].clone(), all[0].clone()];
        let all: Vec<Synthesis> = all
            .into_iter()
            .map(|stack| Synthesis::Done(Box::new(stack)))
            .collect();
        let order = Order::of(&selected, &all).expect("there is no circle");
        assert_eq!(order.waits_for, [vec![1], vec![]]);
    }

    #[test]
    fn the_deletion_has_the_reverse_order() {
        let order = Order::of(&stacks(&["app: network", "network:", "dns: app"]), &[]);
        let reversed = order.expect("there is no circle").reversed();
        assert_eq!(reversed.waits_for, [vec![2], vec![0, 2], vec![]]);
        assert_eq!(reversed.reversed().waits_for, [vec![1], vec![], vec![0, 1]]);
    }

    #[test]
    fn a_circular_dependency_is_shown() {
        assert_eq!(order(&["a: b", "b: a"]), Err("a → b → a".to_owned()));
        assert_eq!(order(&["a: a"]), Err("a → a".to_owned()));
        // Only the circle, not the way to it.
        assert_eq!(
            order(&["a: b", "b: c", "c: d", "d: b"]),
            Err("b → c → d → b".to_owned())
        );
    }
}
