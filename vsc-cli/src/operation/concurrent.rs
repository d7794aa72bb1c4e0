//! Operations on several stacks, of which some run at the same time.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use crate::assembly::order::Order;

/// What became of an operation on a stack.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Run<T, E> {
    Done(T),
    Failed(E),
    /// Another one failed before it could start.
    NotStarted,
}

/// Starts an operation for each stack of an order, up to `limit` at the same time: each after those it
/// waits for, otherwise in their order. After a failure those that run are finished, and no other one is
/// started.
pub(crate) async fn run<F, T, E>(
    order: &Order,
    limit: usize,
    start: impl Fn(usize) -> F,
) -> Vec<Run<T, E>>
where
    F: Future<Output = Result<T, E>>,
{
    let count = order.waits_for.len();
    let mut results: Vec<Run<T, E>> = (0..count).map(|_| Run::NotStarted).collect();
    let mut waiting: Vec<usize> = (0..count).collect();
    let mut running: Vec<(usize, Pin<Box<F>>)> = Vec::new();
    loop {
        let has_failed = results.iter().any(|it| matches!(it, Run::Failed(_)));
        while !has_failed && running.len() < limit.max(1) {
            let is_ready = |index: &usize| {
                let mut others = order.waits_for[*index].iter();
                others.all(|other| matches!(results[*other], Run::Done(_)))
            };
            let Some(next) = waiting.iter().position(is_ready) else {
                break;
            };
            let index = waiting.remove(next);
            running.push((index, Box::pin(start(index))));
        }
        if running.is_empty() {
            return results;
        }
        let (position, result) = std::future::poll_fn(|context| {
            let mut all = running.iter_mut().enumerate();
            let ended =
                all.find_map(
                    |(position, (_, operation))| match operation.as_mut().poll(context) {
                        Poll::Ready(result) => Some((position, result)),
                        Poll::Pending => None,
                    },
                );
            ended.map_or(Poll::Pending, Poll::Ready)
        })
        .await;
        let (index, _) = running.remove(position);
        results[index] = match result {
            Ok(value) => Run::Done(value),
            Err(error) => Run::Failed(error),
        };
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::time::Duration;

    use super::*;

    /// Runs operations that take these times in seconds, and fail if that is negative; their results, and
    /// what was started and ended when.
    fn record(
        waits_for: &[&[usize]],
        limit: usize,
        times: &[i64],
    ) -> (Vec<Run<usize, usize>>, String) {
        let order = Order {
            waits_for: waits_for.iter().map(|others| others.to_vec()).collect(),
        };
        let events = RefCell::new(Vec::new());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .build()
            .expect("there is a runtime");
        let results = runtime.block_on(run(&order, limit, |index| {
            let events = &events;
            async move {
                events.borrow_mut().push(format!("+{index}"));
                tokio::time::sleep(Duration::from_secs(times[index].unsigned_abs())).await;
                events.borrow_mut().push(format!("-{index}"));
                if times[index] < 0 {
                    Err(index)
                } else {
                    Ok(index)
                }
            }
        }));
        (results, events.into_inner().join(" "))
    }

    #[test]
    fn one_at_a_time_follows_the_dependencies() {
        let (results, events) = record(&[&[2], &[], &[]], 1, &[1, 1, 1]);
        assert_eq!(events, "+1 -1 +2 -2 +0 -0");
        assert_eq!(results, [Run::Done(0), Run::Done(1), Run::Done(2)]);
    }

    #[test]
    fn independent_operations_run_at_the_same_time_up_to_the_limit() {
        let independent: &[&[usize]] = &[&[], &[], &[]];
        assert_eq!(record(independent, 2, &[3, 1, 1]).1, "+0 +1 -1 +2 -2 -0");
        assert_eq!(record(independent, 9, &[3, 2, 1]).1, "+0 +1 +2 -2 -1 -0");
        // None runs before what it waits for, whatever the limit.
        assert_eq!(
            record(&[&[], &[0], &[1]], 9, &[1, 1, 1]).1,
            "+0 -0 +1 -1 +2 -2"
        );
        assert_eq!(record(independent, 0, &[1, 1, 1]).1, "+0 -0 +1 -1 +2 -2");
    }

    #[test]
    fn after_a_failure_the_running_ones_are_finished_and_no_other_is_started() {
        let (results, events) = record(&[&[], &[], &[], &[0]], 2, &[-1, 5, 1, 1]);
        assert_eq!(events, "+0 +1 -0 -1");
        assert_eq!(
            results,
            [
                Run::Failed(0),
                Run::Done(1),
                Run::NotStarted,
                Run::NotStarted
            ]
        );
    }
}
