//! Operations on several stacks: a report if one fails.

use super::concurrent::Run;
use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::io::{Event, Ran};

/// Reports what became of all stacks if an operation failed, and the failures but the first one. `done`
/// is what became of a stack if it did not fail.
pub(super) fn report<T>(target: &Target, stacks: &[Stack], runs: &[Run<T, Failure>], done: Ran) {
    let names = |is: fn(&Run<T, Failure>) -> bool| -> Vec<&str> {
        let all = stacks.iter().zip(runs).filter(|(_, run)| is(run));
        all.map(|(stack, _)| stack.name.as_str()).collect()
    };
    let failed = names(|run| matches!(run, Run::Failed(_)));
    if failed.is_empty() {
        return;
    }
    let failures = runs.iter().filter_map(|run| match run {
        Run::Failed(failure) => Some(failure),
        Run::Done(_) | Run::NotStarted => None,
    });
    for failure in failures.skip(1) {
        target.io.report(Event::AlsoFailed(failure));
    }
    let failed = if failed.len() > 1 { failed } else { Vec::new() };
    for (how, stacks) in [
        (done, names(|run| matches!(run, Run::Done(_)))),
        (Ran::Failed, failed),
        (Ran::NotStarted, names(|run| matches!(run, Run::NotStarted))),
    ] {
        if !stacks.is_empty() {
            let stacks = &stacks;
            target.io.report(Event::Ran { stacks, how });
        }
    }
}

/// The first failure.
pub(super) fn first_failure<T>(runs: Vec<Run<T, Failure>>) -> Option<Failure> {
    runs.into_iter().find_map(|run| match run {
        Run::Failed(failure) => Some(failure),
        Run::Done(_) | Run::NotStarted => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::scripted::target;
    use crate::terminal::heard;

    #[test]
    fn a_failure_reports_the_state_of_the_other_stacks() {
        let stacks = ["a", "b", "c", "d"].map(|name| Stack {
            name: name.to_owned(),
            ..Stack::default()
        });
        for (states, expected) in [
            ("x---", "not started: `b`, `c` and `d`\n"),
            ("+x--", "deployed: `a`\nnot started: `c` and `d`\n"),
            ("+++x", "deployed: `a`, `b` and `c`\n"),
            (
                "x+x-",
                "error: c\ndeployed: `b`\nfailed: `a` and `c`\nnot started: `d`\n",
            ),
        ] {
            let runs = states
                .bytes()
                .zip(&stacks)
                .map(|(state, stack)| match state {
                    b'+' => Run::Done(()),
                    b'x' => Run::Failed(Failure::input(stack.name.clone())),
                    _ => Run::NotStarted,
                });
            heard::take();
            let runs: Vec<Run<(), Failure>> = runs.collect();
            report(&target(false), &stacks, &runs, Ran::Deployed);
            let first = first_failure(runs);
            assert_eq!(heard::take(), expected);
            let first = first.expect("one failed").text();
            assert_eq!(
                states.find('x'),
                stacks.iter().position(|it| it.name == first)
            );
        }
        let done: Vec<Run<(), Failure>> = vec![Run::Done(()), Run::Done(())];
        assert!(first_failure(done).is_none());
    }
}
