//! The states of a stack, and what may be done in each: AWS CloudFormation User Guide, "Stack
//! status codes".

/// How a stack stands, and so what a deployment has to do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There is none: it is created.
    Absent,
    /// A change set was made for a stack that was never created: it is created.
    Reviewed,
    /// Something is going on.
    Busy,
    /// It can be updated.
    Settled,
    /// Its last creation or update failed and was left as it was, as had been asked for: it can be
    /// updated, or rolled back.
    Halted,
    /// Its creation failed: it can only be deleted.
    Stillborn,
    /// Its deletion failed: it can only be deleted.
    Undead,
    /// An update failed, and so did its rollback: that has to be continued first.
    Stuck,
}

impl Standing {
    /// What a status says.
    pub(crate) fn of(status: &str) -> Self {
        match status {
            "DELETE_COMPLETE" => Self::Absent,
            "REVIEW_IN_PROGRESS" => Self::Reviewed,
            "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" => Self::Stillborn,
            "DELETE_FAILED" => Self::Undead,
            "UPDATE_ROLLBACK_FAILED" | "IMPORT_ROLLBACK_FAILED" => Self::Stuck,
            "CREATE_FAILED" | "UPDATE_FAILED" => Self::Halted,
            status if status.ends_with("_IN_PROGRESS") || status == "CREATE_PENDING" => Self::Busy,
            _ => Self::Settled,
        }
    }
}

/// Whether a status is the good end of an operation. A rollback that is complete is none.
pub(crate) fn is_success(status: &str) -> bool {
    status.ends_with("_COMPLETE") && !status.contains("ROLLBACK")
}

/// What goes on, in words.
pub(crate) fn activity(status: &str) -> &'static str {
    match status {
        "CREATE_IN_PROGRESS" | "CREATE_PENDING" => "is being created",
        "DELETE_IN_PROGRESS" => "is being deleted",
        "IMPORT_IN_PROGRESS" => "is taking resources in",
        "UPDATE_IN_PROGRESS" => "is being updated",
        "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS" => {
            "is updated, and what was replaced is being deleted"
        }
        status if status.contains("ROLLBACK") => "is being rolled back",
        _ => "is being worked on",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_a_standing() {
        let known = [
            ("CREATE_IN_PROGRESS", Standing::Busy),
            ("CREATE_FAILED", Standing::Halted),
            ("CREATE_COMPLETE", Standing::Settled),
            ("ROLLBACK_IN_PROGRESS", Standing::Busy),
            ("ROLLBACK_FAILED", Standing::Stillborn),
            ("ROLLBACK_COMPLETE", Standing::Stillborn),
            ("DELETE_IN_PROGRESS", Standing::Busy),
            ("DELETE_FAILED", Standing::Undead),
            ("DELETE_COMPLETE", Standing::Absent),
            ("UPDATE_IN_PROGRESS", Standing::Busy),
            ("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", Standing::Busy),
            ("UPDATE_COMPLETE", Standing::Settled),
            ("UPDATE_FAILED", Standing::Halted),
            ("UPDATE_ROLLBACK_IN_PROGRESS", Standing::Busy),
            ("UPDATE_ROLLBACK_FAILED", Standing::Stuck),
            (
                "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
                Standing::Busy,
            ),
            ("UPDATE_ROLLBACK_COMPLETE", Standing::Settled),
            ("REVIEW_IN_PROGRESS", Standing::Reviewed),
            ("IMPORT_COMPLETE", Standing::Settled),
            ("IMPORT_ROLLBACK_FAILED", Standing::Stuck),
            ("IMPORT_ROLLBACK_COMPLETE", Standing::Settled),
        ];
        for (status, standing) in known {
            assert_eq!(Standing::of(status), standing, "{status}");
        }
    }

    #[test]
    fn a_finished_rollback_is_no_success() {
        assert!(is_success("CREATE_COMPLETE"));
        assert!(is_success("IMPORT_COMPLETE"));
        assert!(!is_success("ROLLBACK_COMPLETE"));
        assert!(!is_success("UPDATE_ROLLBACK_COMPLETE"));
        assert!(!is_success("UPDATE_FAILED"));
    }
}
