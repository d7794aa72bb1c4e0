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
    /// When it fails on a stack.
    pub(crate) fn on_each<'a, T>(
        &self,
        stacks: impl IntoIterator<Item = &'a Stack>,
        operation: impl AsyncFn(&Session, &'a Stack) -> Result<T, Failure>,
    ) -> Result<Vec<T>, Failure> {
        runtime::block_on(async {
            let mut done = Vec::new();
            for stack in stacks {
                let session = self.connect(stack).await?;
                done.push(operation(&session, stack).await?);
            }
            Ok(done)
        })
    }
}
