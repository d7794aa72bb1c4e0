//! Runs operations on stacks: connects to the region of each, one after the other.

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::io::SharedIo;
use crate::aws::runtime;
use crate::aws::session::Session;
use crate::aws::session_options::SessionOptions;

/// Where and how operations run: account and region, and who sees them.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) session: SessionOptions,
    pub(crate) io: SharedIo,
}

/// What was done before an operation on a stack failed.
#[derive(Debug)]
pub(crate) struct Partly<T> {
    /// The results of the stacks before.
    pub(crate) done: Vec<T>,
    /// Why the next one failed.
    pub(crate) failure: Failure,
}

impl Target {
    /// Connects to the region of a stack.
    ///
    /// # Errors
    ///
    /// When there are no credentials or no region, or the user interrupts it.
    pub(crate) async fn connect(&self, stack: &Stack) -> Result<Session, Failure> {
        Session::connect(&self.session, stack.region.as_deref(), &self.io).await
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
    /// When it fails on a stack: its failure, and the results of the stacks before.
    pub(crate) fn on_each<'a, T>(
        &self,
        stacks: impl IntoIterator<Item = &'a Stack>,
        operation: impl AsyncFn(&Session, &'a Stack) -> Result<T, Failure>,
    ) -> Result<Vec<T>, Partly<T>> {
        let mut done = Vec::new();
        let all = runtime::block_on(async {
            for stack in stacks {
                let session = self.connect(stack).await?;
                done.push(operation(&session, stack).await?);
            }
            Ok(())
        });
        match all {
            Ok(()) => Ok(done),
            Err(failure) => Err(Partly { done, failure }),
        }
    }
}

/// Without the results of the stacks before.
impl<T> From<Partly<T>> for Failure {
    fn from(partly: Partly<T>) -> Self {
        partly.failure
    }
}
