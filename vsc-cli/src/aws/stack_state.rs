//! The states of a stack, and what may be done in each: AWS CloudFormation User Guide, "Stack
//! status codes".

/// What the status of a stack means for a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StackState {
    /// `DELETE_COMPLETE`: the stack is created.
    Deleted,
    /// `REVIEW_IN_PROGRESS`: the stack has only a change set, and is created.
    ReviewInProgress,
    /// An operation is in progress.
    InProgress,
    /// The stack can be updated.
    Complete,
    /// `CREATE_FAILED` or `UPDATE_FAILED`: the last operation failed with rollback disabled. The stack
    /// can be updated, or rolled back.
    Failed,
    /// `ROLLBACK_COMPLETE` or `ROLLBACK_FAILED`: the creation failed. The stack can only be deleted.
    CreationRolledBack,
    /// `DELETE_FAILED`: the stack can only be deleted.
    DeleteFailed,
    /// `UPDATE_ROLLBACK_FAILED` or `IMPORT_ROLLBACK_FAILED`: the rollback must be continued first.
    UpdateRollbackFailed,
}

impl StackState {
    /// The state that a status stands for.
    pub(crate) fn of(status: &str) -> Self {
        match status {
            "DELETE_COMPLETE" => Self::Deleted,
            "REVIEW_IN_PROGRESS" => Self::ReviewInProgress,
            "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" => Self::CreationRolledBack,
            "DELETE_FAILED" => Self::DeleteFailed,
            "UPDATE_ROLLBACK_FAILED" | "IMPORT_ROLLBACK_FAILED" => Self::UpdateRollbackFailed,
            "CREATE_FAILED" | "UPDATE_FAILED" => Self::Failed,
            status if status.ends_with("_IN_PROGRESS") || status == "CREATE_PENDING" => {
                Self::InProgress
            }
            _ => Self::Complete,
        }
    }
}

/// Whether a status is the successful end of an operation. A completed rollback is not.
pub(crate) fn is_success(status: &str) -> bool {
    status.ends_with("_COMPLETE") && !status.contains("ROLLBACK")
}

/// The operation in progress, as the predicate of a sentence about the stack.
pub(crate) fn activity(status: &str) -> &'static str {
    match status {
        "CREATE_IN_PROGRESS" | "CREATE_PENDING" => "is being created",
        "DELETE_IN_PROGRESS" => "is being deleted",
        "IMPORT_IN_PROGRESS" => "is importing resources",
        "UPDATE_IN_PROGRESS" => "is being updated",
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" => {
            "is updated, and replaced resources are being deleted"
        }
        status if status.contains("ROLLBACK") => "is being rolled back",
        _ => "is in progress",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_a_state() {
        let known = [
            ("CREATE_IN_PROGRESS", StackState::InProgress),
            ("CREATE_FAILED", StackState::Failed),
            ("CREATE_COMPLETE", StackState::Complete),
            ("ROLLBACK_IN_PROGRESS", StackState::InProgress),
            ("ROLLBACK_FAILED", StackState::CreationRolledBack),
            ("ROLLBACK_COMPLETE", StackState::CreationRolledBack),
            ("DELETE_IN_PROGRESS", StackState::InProgress),
            ("DELETE_FAILED", StackState::DeleteFailed),
            ("DELETE_COMPLETE", StackState::Deleted),
            ("UPDATE_IN_PROGRESS", StackState::InProgress),
            (
                "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                StackState::InProgress,
            ),
            ("UPDATE_COMPLETE", StackState::Complete),
            ("UPDATE_FAILED", StackState::Failed),
            ("UPDATE_ROLLBACK_IN_PROGRESS", StackState::InProgress),
            ("UPDATE_ROLLBACK_FAILED", StackState::UpdateRollbackFailed),
            (
                "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                StackState::InProgress,
            ),
            ("UPDATE_ROLLBACK_COMPLETE", StackState::Complete),
            ("REVIEW_IN_PROGRESS", StackState::ReviewInProgress),
            ("IMPORT_COMPLETE", StackState::Complete),
            ("IMPORT_ROLLBACK_FAILED", StackState::UpdateRollbackFailed),
            ("IMPORT_ROLLBACK_COMPLETE", StackState::Complete),
        ];
        for (status, state) in known {
            assert_eq!(StackState::of(status), state, "{status}");
        }
    }

    #[test]
    fn a_completed_rollback_is_not_a_success() {
        assert!(is_success("CREATE_COMPLETE"));
        assert!(is_success("IMPORT_COMPLETE"));
        assert!(!is_success("ROLLBACK_COMPLETE"));
        assert!(!is_success("UPDATE_ROLLBACK_COMPLETE"));
        assert!(!is_success("UPDATE_FAILED"));
    }
}
