//! Operations on several stacks at the same time, and what became of them.

use std::sync::Arc;

use super::concurrent::{self, Run};
use super::each::Target;
use crate::Failure;
use crate::assembly::Stack;
use crate::assembly::order::Order;
use crate::aws::io::{Event, StackOperation};
use crate::aws::runtime;
use crate::aws::session::Session;

/// In which order stacks are changed, and how many at the same time.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    pub(crate) order: Order,
    pub(crate) limit: usize,
}

impl Target {
    /// Runs an operation on each stack as the schedule says. Its view names the stack if others run at
    /// the same time.
    ///
    /// # Errors
    ///
    /// When the runtime cannot be started. Failures of stacks are in the results.
    pub(super) fn on_all<'a, T>(
        &self,
        stacks: &'a [Stack],
        schedule: &Schedule,
        operation: impl AsyncFn(&Session, &'a Stack) -> Result<T, Failure>,
    ) -> Result<Vec<Run<T, Failure>>, Failure> {
        let targets = self.for_each(stacks, schedule.limit);
        runtime::block_on(async {
            let runs = concurrent::run(&schedule.order, schedule.limit, async |index| {
                let session = targets[index].connect(&stacks[index]).await?;
                operation(&session, &stacks[index]).await
            });
            Ok(runs.await)
        })
    }

    /// The target for each stack: with a view that names it, if several run at the same time.
    fn for_each(&self, stacks: &[Stack], limit: usize) -> Vec<Self> {
        let width = stacks.iter().map(|stack| stack.name.len()).max();
        let width = width.unwrap_or_default();
        let target = |stack: &Stack| Self {
            session: self.session.clone(),
            io: match (stacks.len(), limit) {
                (0 | 1, _) | (_, 0 | 1) => Arc::clone(&self.io),
                _ => self.io.labelled(&format!("{:width$}", stack.name)),
            },
        };
        stacks.iter().map(target).collect()
    }
}

/// Reports what became of all stacks if the operation failed on one of them, except the first failure.
pub(super) fn report<T>(
    target: &Target,
    stacks: &[Stack],
    runs: &[Run<T, Failure>],
    operation: StackOperation,
) {
    let names = |is: fn(&Run<T, Failure>) -> bool| -> Vec<String> {
        let all = stacks.iter().zip(runs).filter(|(_, run)| is(run));
        all.map(|(stack, _)| stack.name.clone()).collect()
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
        target.io.report(Event::AlsoFailed { failure });
    }
    let done = names(|run| matches!(run, Run::Done(_)));
    if !done.is_empty() {
        target.io.report(Event::Done {
            operation,
            stacks: &done,
        });
    }
    if failed.len() > 1 {
        target.io.report(Event::Failed { stacks: &failed });
    }
    let not_started = names(|run| matches!(run, Run::NotStarted));
    if !not_started.is_empty() {
        target.io.report(Event::NotStarted {
            stacks: &not_started,
        });
    }
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
            ("++++", ""),
            ("x---", "not started: `b`, `c` and `d`\n"),
            ("+x--", "deployed: `a`\nnot started: `c` and `d`\n"),
            ("+++x", "deployed: `a`, `b` and `c`\n"),
            (
                "x+x-",
                "error: c\ndeployed: `b`\nfailed: `a` and `c`\nnot started: `d`\n",
            ),
        ] {
            let runs = states.bytes().zip(&stacks);
            let runs = runs.map(|(state, stack)| match state {
                b'+' => Run::Done(()),
                b'x' => Run::Failed(Failure::input(stack.name.clone())),
                _ => Run::NotStarted,
            });
            let runs: Vec<Run<(), Failure>> = runs.collect();
            heard::take();
            report(&target(false), &stacks, &runs, StackOperation::Deployment);
            assert_eq!(heard::take(), expected);
            let first = concurrent::all_done(runs)
                .err()
                .map(|failure| failure.text());
            let failed = states.find('x').map(|index| stacks[index].name.clone());
            assert_eq!(first, failed);
        }
    }
}
