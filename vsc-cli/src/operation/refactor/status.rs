//! The states of a refactoring.

use std::time::Duration;

use aws_sdk_cloudformation::operation::describe_stack_refactor::DescribeStackRefactorOutput;
use aws_sdk_cloudformation::types::{StackRefactorExecutionStatus, StackRefactorStatus};

use crate::Failure;
use crate::aws::service_error::ErrorKind;
use crate::aws::session::{Session, Stopped};
use crate::failure::Hint;

/// The shortest and the longest pause between two polls.
const SHORTEST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(5);

/// The command that shows the state of a refactoring.
pub(super) fn command(id: &str) -> String {
    format!("aws cloudformation describe-stack-refactor --stack-refactor-id {id}")
}

/// Waits until CloudFormation has validated the refactoring.
pub(super) async fn until_created(session: &Session, name: &str, id: &str) -> Result<(), Failure> {
    let mut pause = SHORTEST;
    loop {
        let state = describe(session, id).await;
        let state = state.map_err(|stopped| stopped.failure("nothing was changed"))?;
        match state.status() {
            Some(StackRefactorStatus::CreateInProgress) | None => {}
            Some(StackRefactorStatus::CreateComplete) => return Ok(()),
            Some(other) => {
                let reason = state.status_reason().unwrap_or("no reason given");
                return Err(Failure::aws(format!(
                    "CloudFormation rejected the refactoring of {name}: {reason} ({})",
                    other.as_str()
                ))
                .state("nothing was changed"));
            }
        }
        let paused = session.pause(pause).await;
        paused.map_err(|stopped| stopped.failure("nothing was changed"))?;
        pause = LONGEST.min(pause.mul_f64(1.5));
    }
}

/// Waits until CloudFormation has executed the refactoring. A lost connection is no reason to stop.
pub(super) async fn until_executed(session: &Session, name: &str, id: &str) -> Result<(), Failure> {
    let continues = || {
        format!(
            "the refactoring of {name} continues in AWS: check with `{}`",
            command(id)
        )
    };
    let mut pause = SHORTEST;
    let mut lost = Duration::ZERO;
    loop {
        match describe(session, id).await {
            Ok(state) => {
                lost = Duration::ZERO;
                match state.execution_status() {
                    Some(StackRefactorExecutionStatus::ExecuteComplete) => return Ok(()),
                    Some(
                        ended @ (StackRefactorExecutionStatus::ExecuteFailed
                        | StackRefactorExecutionStatus::RollbackComplete
                        | StackRefactorExecutionStatus::RollbackFailed
                        | StackRefactorExecutionStatus::Obsolete
                        | StackRefactorExecutionStatus::Unavailable),
                    ) => return Err(failed(name, ended, state.execution_status_reason())),
                    _ => {}
                }
            }
            Err(Stopped::Failed(error))
                if error.kind() == ErrorKind::Network && lost < session.patience() =>
            {
                lost += pause;
            }
            Err(stopped) => return Err(stopped.failure(&continues())),
        }
        let paused = session.pause(pause).await;
        paused.map_err(|stopped| stopped.failure(&continues()))?;
        pause = LONGEST.min(pause.mul_f64(1.5));
    }
}

/// Whether its execution has started; none if that is unknown.
pub(super) async fn has_started(session: &Session, id: &str) -> Option<bool> {
    let call = session
        .cloudformation
        .describe_stack_refactor()
        .stack_refactor_id(id);
    let answer = session.call_anyway("DescribeStackRefactor", call.send());
    match answer.await.ok()?.execution_status()? {
        StackRefactorExecutionStatus::Available
        | StackRefactorExecutionStatus::Unavailable
        | StackRefactorExecutionStatus::Obsolete => Some(false),
        _ => Some(true),
    }
}

async fn describe(session: &Session, id: &str) -> Result<DescribeStackRefactorOutput, Stopped> {
    let call = session
        .cloudformation
        .describe_stack_refactor()
        .stack_refactor_id(id);
    session.call("DescribeStackRefactor", call.send()).await
}

fn failed(name: &str, ended: &StackRefactorExecutionStatus, reason: Option<&str>) -> Failure {
    let reason = reason.unwrap_or("CloudFormation gives no reason");
    let (state, hint) = match ended {
        StackRefactorExecutionStatus::RollbackComplete => (
            format!("{name} is as it was before"),
            Hint::run("fix the cause and run", &["refactor", name]).then(" again"),
        ),
        _ => (
            format!("the refactoring ended in {}", ended.as_str()),
            Hint::run("see the state of the stack with", &["status", name]),
        ),
    };
    Failure::aws(format!("the refactoring of {name} failed: {reason}"))
        .state(state)
        .hint(hint)
}
