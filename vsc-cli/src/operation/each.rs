//! Runs operations on stacks: connects to the region of each, in their order.

use super::concurrent::{self, Run};
use crate::Failure;
use crate::assembly::Stack;
use crate::assembly::order::Order;
use crate::aws::io::SharedIo;
use crate::aws::runtime;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;
use crate::aws::turn::Turn;

/// Where and how operations run: account and region, and who sees them.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) session: SessionOptions,
    pub(crate) io: SharedIo,
    /// The questions of operations at the same time.
    pub(crate) turn: Turn,
}

impl Target {
    /// Connects to the region of a stack.
    ///
    /// # Errors
    ///
    /// When there are no credentials or no region, or the user interrupts it.
    pub(crate) async fn connect(&self, stack: &Stack) -> Result<Session, Failure> {
        self.connect_to(stack.region.as_deref()).await
    }

    /// Connects to a region; without one to that of the environment.
    ///
    /// # Errors
    ///
    /// When there are no credentials or no region, or the user interrupts it.
    pub(crate) async fn connect_to(&self, region: Option<&str>) -> Result<Session, Failure> {
        let session = Session::connect(&self.session, region, &self.io).await?;
        Ok(session.taking_turns(self.turn.clone()))
    }

    /// Runs an operation on a stack.
    ///
    /// # Errors
    ///
    /// When it fails.
    pub(crate) fn on<T>(
        &self,
        stack: &Stack,
        operation: impl AsyncFnOnce(&Session) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        runtime::block_on(async {
            let session = self.connect(stack).await?;
            operation(&session).await
        })
    }

    /// Runs an operation on each stack, until one fails.
    ///
    /// # Errors
    ///
    /// When it fails on a stack.
    pub(crate) fn on_each<'a, T>(
        &self,
        stacks: &'a [Stack],
        operation: &impl AsyncFn(&Session, &'a Stack) -> Result<T, Failure>,
    ) -> Result<Vec<T>, Failure> {
        let order = Order {
            waits_for: vec![Vec::new(); stacks.len()],
        };
        let runs = self.at_once(stacks, &order, 1, operation)?;
        let results = runs.into_iter().filter_map(|run| match run {
            Run::Done(result) => Some(Ok(result)),
            Run::Failed(failure) => Some(Err(failure)),
            Run::NotStarted => None,
        });
        results.collect()
    }

    /// Runs an operation on each stack in an order, up to `limit` at the same time. If one fails, no
    /// other is started.
    ///
    /// # Errors
    ///
    /// When nothing can be run at all.
    pub(crate) fn at_once<'a, T>(
        &self,
        stacks: &'a [Stack],
        order: &Order,
        limit: usize,
        operation: &impl AsyncFn(&Session, &'a Stack) -> Result<T, Failure>,
    ) -> Result<Vec<Run<T, Failure>>, Failure> {
        let targets = self.labelled(stacks, limit);
        runtime::block_on(async {
            let run_one = async |index: usize| {
                let stack = &stacks[index];
                let session = targets[index].connect(stack).await?;
                operation(&session, stack).await
            };
            Ok(concurrent::run(order, limit, run_one).await)
        })
    }

    /// The targets of operations on stacks, whose views have the names of the stacks if several run at
    /// the same time.
    fn labelled(&self, stacks: &[Stack], limit: usize) -> Vec<Self> {
        let width = stacks.iter().map(|stack| stack.name.len()).max();
        let width = width.unwrap_or_default();
        let of = |stack: &Stack| match (stacks.len(), limit) {
            (0 | 1, _) | (_, 0 | 1) => self.clone(),
            _ => Self {
                io: self.io.labelled(&format!("{:width$}", stack.name)),
                ..self.clone()
            },
        };
        stacks.iter().map(of).collect()
    }
}
