//! Operations on several stacks: their order, and a report if one fails.

use vsc_spec::suggest;

use super::concurrent::Run;
use crate::Failure;
use crate::assembly::Stack;
use crate::assembly::order::Order;
use crate::cli::Context;
use crate::terminal::Terminal;

/// The order in which stacks are deployed.
///
/// # Errors
///
/// When they depend on each other in a circle.
pub(super) fn order(context: &Context<'_>, stacks: &[Stack]) -> Result<Order, Failure> {
    // The assembly was read already if several stacks were selected from it.
    let all = if stacks.len() > 1 && stacks.iter().all(Stack::is_declared) {
        context.app.assembly()?.stacks.as_slice()
    } else {
        &[]
    };
    Order::of(stacks, all).map_err(|circle| {
        Failure::input(format!("circular dependency: `{circle}`"))
            .note("a stack is deployed after those whose exports it imports")
            .hint("remove one of these imports (`Fn::ImportValue`), or move the exported resource")
    })
}

/// The terminals of the operations: with the names of their stacks, if several run at the same time.
pub(super) fn terminals(terminal: &Terminal, stacks: &[Stack], limit: usize) -> Vec<Terminal> {
    let width = stacks.iter().map(|stack| stack.name.len()).max();
    let width = width.unwrap_or_default();
    let terminal_of = |stack: &Stack| match (stacks.len(), limit) {
        (0 | 1, _) | (_, 0 | 1) => terminal.clone(),
        _ => terminal.labelled(&format!("{:width$}", stack.name)),
    };
    stacks.iter().map(terminal_of).collect()
}

/// Reports what became of all stacks if an operation failed; returns the first failure. `done` is the
/// participle of the operation.
pub(super) fn failure<T>(
    terminal: &Terminal,
    stacks: &[Stack],
    runs: Vec<Run<T, Failure>>,
    done: &str,
) -> Option<Failure> {
    let names = |is: fn(&Run<T, Failure>) -> bool| -> Vec<&str> {
        let all = stacks.iter().zip(&runs).filter(|(_, run)| is(run));
        all.map(|(stack, _)| stack.name.as_str()).collect()
    };
    let failed = names(|run| matches!(run, Run::Failed(_)));
    let several_failed = failed.len() > 1;
    let lists = [
        (done, names(|run| matches!(run, Run::Done(_)))),
        ("failed", if several_failed { failed } else { Vec::new() }),
        ("not started", names(|run| matches!(run, Run::NotStarted))),
    ];
    let lists: Vec<String> = lists
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(what, names)| format!("{what}: {}", suggest::list(names)))
        .collect();
    let mut failures = runs.into_iter().filter_map(|run| match run {
        Run::Failed(failure) => Some(failure),
        Run::Done(_) | Run::NotStarted => None,
    });
    let first = failures.next()?;
    failures.for_each(|other| terminal.failure(&other));
    for list in lists {
        terminal.note(&list);
    }
    Some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
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
            let first = failure(&Terminal::default(), &stacks, runs.collect(), "deployed");
            assert_eq!(heard::take(), expected);
            let first = first.expect("one failed").text();
            assert_eq!(
                states.find('x'),
                stacks.iter().position(|it| it.name == first)
            );
        }
        let done = vec![Run::Done(()), Run::Done(())];
        assert!(failure(&Terminal::default(), &stacks[..2], done, "deployed").is_none());
    }
}
