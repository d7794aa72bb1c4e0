//! What operations tell and ask: typed events, items and questions. A view shows and asks them.

use std::fmt;
use std::io;
use std::sync::Arc;

use vsc_core::diff::{Difference, HomesChange};
use vsc_spec::Diagnostic;

use super::change::{Change, Risk};
use super::cloudformation::Deployed;
use super::event::Event as StackEvent;
use super::home::Home;
use super::host::InstanceState;
use super::parameters::{Origin, ParameterDeclaration};
use crate::failure::{Failure, Hint};

/// The side of an operation that a user, or a program, sees.
pub(crate) trait Io: fmt::Debug + Send + Sync {
    /// Tells what happens while an operation goes on. Results are returned, or given as items.
    fn report(&self, event: Event<'_>);

    /// Gives a part of a result that has no end yet.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    fn give(&self, item: Item<'_>) -> Result<(), Failure>;

    /// Asks for confirmation, and waits for the answer.
    ///
    /// # Errors
    ///
    /// When nobody can be asked; `otherwise` says how to answer beforehand.
    fn confirm(&self, question: &Question, otherwise: Hint) -> Result<bool, Failure>;

    /// The view of one of several operations at the same time: what it shows begins with this name.
    fn labelled(&self, name: &str) -> SharedIo;

    /// Whether somebody can be asked.
    fn is_interactive(&self) -> bool;

    /// Asks for the value of a parameter, and waits for it.
    ///
    /// # Errors
    ///
    /// When it cannot be read, also because the input has ended.
    fn value(&self, name: &str, is_secret: bool) -> io::Result<String>;

    /// Shows the question to a scripted user, who has answered it.
    #[cfg(test)]
    fn answered(&self, question: &Question);
}

/// A view that an operation shares with its tasks.
pub(crate) type SharedIo = Arc<dyn Io>;

/// Whether a developer may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Revoked,
    Admitted,
}

/// What happens while an operation goes on.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// AWS is called.
    Call { operation: &'static str },
    /// AWS has not answered for a while.
    Waiting { region: &'a str, operation: &'a str },
    /// The command line names another region than the declaration, and wins.
    RegionAsked { asked: &'a str, declared: &'a str },
    /// The environment names another region than the declaration, which wins.
    RegionDeclared {
        declared: &'a str,
        variable: &'a str,
        region: &'a str,
    },
    /// A large template is uploaded.
    Uploading {
        stack: &'a str,
        bucket: &'a str,
        key: &'a str,
    },
    /// The bucket for templates was created.
    BucketCreated { bucket: &'a str },
    /// An operation of CloudFormation on this number of resources is followed; 0 if that is unknown.
    Following { total: usize },
    /// This number of resources is finished.
    Progress { done: usize },
    /// Time goes by.
    Tick,
    /// CloudFormation has done something.
    Stack(&'a StackEvent),
    /// The connection is lost; it is tried again.
    ConnectionLost { cause: String },
    /// The connection is back.
    ConnectionBack,
    /// The operation is no longer followed.
    Followed,
    /// The deployment of a stack begins.
    Deploying {
        stack: &'a str,
        account: &'a str,
        region: &'a str,
        caller: &'a str,
    },
    /// The deployment continues one that failed without a rollback.
    ContinuesFailed { stack: &'a str },
    /// What is left of a stack whose creation failed is deleted first.
    DeletingRest { stack: &'a str },
    /// Other stacks cannot be listed.
    StacksNotListed { cause: String },
    /// Another stack serves the same URL.
    Renamed {
        stack: &'a str,
        other: &'a str,
        url: &'a str,
    },
    /// Answers were saved for the next deployment.
    AnswersSaved { file: &'a str },
    /// Answers could not be saved.
    AnswersNotSaved { failure: &'a Failure },
    /// The value of a parameter; none for a secret, and one that stays as it is.
    Parameter {
        name: &'a str,
        value: Option<&'a str>,
        origin: Origin,
    },
    /// The template of the deployed stack cannot be read, and so not be compared.
    TemplateUnreadable { stack: &'a str, error: String },
    /// The template is as it is deployed.
    NoChanges { stack: &'a str },
    /// The changes that a change set would make.
    Changes {
        stack: &'a str,
        /// The difference from the deployed template, if that can be read.
        difference: Option<&'a Difference>,
        changes: &'a [Change],
    },
    /// Homes would be lost, which no template shows.
    LosesHomes(&'a HomesChange),
    /// The host is replaced by one from the newest image.
    NewHost { stack: &'a str },
    /// The zone of the subnet cannot be looked up; that of the deployed stack stays.
    ZoneUnknown { zone: &'a str, cause: String },
    /// The stack policy now denies what would lose homes.
    HomesProtected { stack: &'a str },
    /// The stack policy cannot be set.
    HomesNotProtected { stack: &'a str, cause: String },
    /// The stack policy allows the loss of homes for one update.
    ProtectionLifted { stack: &'a str },
    /// The stack policy stays lifted, since nobody waits for the end of the update.
    Unprotected { stack: &'a str },
    /// The host moves the homes; the end of that is awaited.
    MovingHomes { stack: &'a str },
    /// The homes are on their volume; the stack is deployed by this selection next.
    HomesMoved { stack: &'a str, next: &'a str },
    /// The change set stays, to be executed by the user.
    ChangeSetCreated { stack: &'a str, change_set: &'a str },
    /// What became of the change set.
    ChangeSetDiscarded {
        stack: &'a str,
        state: &'a str,
        /// Whether that is no more than a detail.
        is_detail: bool,
    },
    /// An operation has started, and is not followed.
    Started {
        stack: &'a str,
        operation: StackOperation,
    },
    /// An operation has succeeded, and the stack is in this state.
    Ended {
        stack: &'a str,
        operation: StackOperation,
        status: &'a str,
    },
    /// The host applies its new metadata.
    HostApplies { stack: &'a str },
    /// What became of stacks, since an operation on one of several failed.
    Ran { stacks: &'a [&'a str], how: Ran },
    /// An operation on another stack has failed as well.
    AlsoFailed(&'a Failure),
    /// Resources of a stack are given other logical IDs: from, to, and the physical ID if it is known.
    Renames {
        stack: &'a str,
        resources: &'a [(&'a str, &'a str, &'a str)],
    },
    /// The refactoring has started, and is not followed: the command that shows its state.
    Refactoring { stack: &'a str, check: &'a str },
    /// The resources of the stack have other logical IDs.
    Refactored { stack: &'a str },
    /// The deployed template cannot be read; the operation does not depend on it.
    TemplateUnknown { stack: &'a str, cause: String },
    /// AWS has replaced characters of the template by question marks.
    CharactersLost { stack: &'a str },
    /// The template is too large to be validated.
    NotValidated { template: &'a str },
    /// The stack does not exist.
    Missing {
        stack: &'a str,
        region: &'a str,
        then: Consequence,
    },
    /// A snapshot of a deleted volume is kept.
    SnapshotKept {
        stack: &'a str,
        /// The logical and the physical ID of the volume.
        volume: (&'a str, &'a str),
        /// The ID of the snapshot; none if it is unknown.
        snapshot: Option<&'a str>,
        /// The selection of the stack, if homes can be restored from it.
        restores: Option<&'a str>,
    },
    /// The host is stopped before its volume is detached.
    StoppingHost { stack: &'a str, id: &'a str },
    /// CloudFormation compares the resources with the template.
    DetectingDrift { stack: &'a str },
    /// The host is in the wanted state already.
    HostIsAlready {
        stack: &'a str,
        state: InstanceState,
    },
    /// The host changes its state; the end of that is awaited.
    HostIsBetween {
        stack: &'a str,
        state: InstanceState,
    },
    /// The host starts or stops.
    HostSwitches {
        stack: &'a str,
        id: &'a str,
        wanted: InstanceState,
    },
    /// The host has reached the wanted state.
    HostIs {
        stack: &'a str,
        state: InstanceState,
    },
    /// The host cannot be described.
    HostUnknown { cause: String },
    /// The image of the host cannot be described.
    ImageUnknown { cause: String },
    /// The version that the host applied cannot be compared.
    VersionUnknown { cause: String },
    /// AWS cannot be asked about developers, which stay as they are declared.
    NotConnected { failure: &'a Failure },
    /// AWS does not answer about developers, which stay as they are declared.
    NotAnswered { cause: String },
    /// A command on the host cannot be cancelled, and ends by itself.
    NotCancelled { cause: String },
    /// The host archives a home and uploads it to an object.
    Archiving { home: &'a Home, object: &'a str },
    /// The archive is downloaded from the object.
    Downloading { object: &'a str },
    /// The archive of a home is where it was wanted.
    HomeExported {
        home: &'a str,
        to: &'a str,
        bytes: u64,
    },
    /// A home was deleted.
    HomePurged { home: &'a Home },
    /// A home waits for its developer.
    HomeReturns { user: &'a str, stack: &'a str },
    /// A snapshot was begun: its ID.
    SnapshotBegun { id: &'a str },
    /// A snapshot is complete: its ID.
    SnapshotTaken { stack: &'a str, id: &'a str },
    /// A home is copied from a snapshot of this time, or from a kept home.
    Restoring {
        user: &'a str,
        from: &'a str,
        time: Option<&'a str>,
    },
    /// The home was copied into a folder.
    Restored {
        user: &'a str,
        folder: &'a str,
        from: &'a str,
        files: Option<u64>,
        bytes: Option<u64>,
    },
    /// The volume of a restore that did not end was deleted.
    RestoreCleaned { volume: &'a str },
    /// The host cannot be asked to release a device.
    NotReleased { device: &'a str, cause: String },
    /// The volume of another restore, which is in progress.
    RestoreInProgress { volume: &'a str },
    /// The host installs updates.
    Patching { stack: &'a str, release: &'a str },
    /// The host has installed updates: from which release to which, and how many packages.
    Patched {
        stack: &'a str,
        from: &'a str,
        to: &'a str,
        packages: u64,
    },
    /// Updates take effect after a reboot; the reason, if the host gives one.
    RebootNeeded {
        stack: &'a str,
        reason: Option<&'a str>,
    },
    /// The host reboots.
    Rebooting { stack: &'a str },
    /// The host has rebooted.
    Rebooted { stack: &'a str },
    /// The host was told to fetch passwords.
    HostNotified,
    /// New passwords wait for the start of the host.
    PasswordsWait {
        stack: &'a str,
        users: &'a [&'a str],
        state: InstanceState,
    },
    /// New passwords are in use.
    PasswordsInUse {
        stack: &'a str,
        users: &'a [&'a str],
        /// Whether they are printed.
        are_shown: bool,
    },
    /// A developer was locked out, or admitted again.
    AccessChanged {
        stack: &'a str,
        user: &'a str,
        access: Access,
        /// Whether all developers have the same password.
        is_shared: bool,
    },
    /// This number of parameters of a stack have no value and are asked for.
    Asking { stack: &'a str, count: usize },
    /// The next parameter that is asked for.
    AskingFor(&'a ParameterDeclaration),
    /// An answer is not valid.
    WrongAnswer(&'a Diagnostic),
    /// The user interrupted a question, or ended the input.
    Unanswered {
        /// Whether the terminal may still hide what is typed.
        is_secret: bool,
    },
}

/// An operation of CloudFormation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StackOperation {
    Deployment,
    Rollback,
    Deletion,
    Import,
}

/// What became of an operation on a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ran {
    Deployed,
    Deleted,
    Failed,
    NotStarted,
}

/// What follows from a stack that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consequence {
    NothingToDo,
    EverythingIsNew,
}

/// A part of a result.
#[derive(Debug)]
pub(crate) enum Item<'a> {
    /// An event of a stack.
    Event(&'a StackEvent),
    /// Lines of a log.
    Lines(&'a str),
    /// The outputs of a deployed stack.
    Outputs(&'a Deployed),
}

/// A question that is answered with yes or no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    /// Deploy in spite of these risks?
    Deploy {
        stack: String,
        risks: Vec<Risk>,
        /// The loss of homes.
        homes: Option<HomesChange>,
    },
    /// Wait for the operation in progress?
    Wait {
        stack: String,
        status: String,
        /// The time of its last event.
        since: Option<String>,
    },
    /// Delete what a failed creation left, and create it again?
    Replace { stack: String, status: String },
    /// Create a bucket of ours?
    CreateBucket {
        stack: String,
        bucket: String,
        usage: BucketUse,
    },
    /// Delete a stack?
    Delete {
        stack: String,
        account: String,
        region: String,
        /// The number of its resources; none if no app or file declares it.
        resources: Option<usize>,
        /// Resources that are kept, by logical ID.
        kept: Vec<(String, Kept)>,
        /// Whether the homes of developers are deleted with it.
        has_homes: bool,
    },
    /// Cancel an update?
    CancelUpdate { stack: String },
    /// Delete what a failed creation created?
    RollBackCreation { stack: String },
    /// Undo a failed update?
    RollBackUpdate { stack: String },
    /// Continue a failed rollback?
    ContinueRollback { stack: String },
    /// Rename the resources that were shown?
    Refactor { stack: String },
    /// Import the resources that were shown?
    Import { stack: String },
    /// Stop the host of this number of users?
    Stop { stack: String, users: usize },
    /// Renew passwords and print them?
    Renew { users: Vec<String> },
    /// Print passwords?
    Print { users: Vec<String> },
    /// Delete the home of somebody who has left?
    Purge { stack: String, home: Home },
    /// Install updates on the host of this number of users?
    Patch {
        stack: String,
        release: String,
        users: usize,
    },
    /// Reboot the host of this number of users?
    Reboot { stack: String, users: usize },
}

impl Question {
    /// The word that has to be typed instead of yes, for what cannot be undone.
    pub(crate) fn word(&self) -> Option<&str> {
        match self {
            Self::Purge { home, .. } => Some(&home.name),
            _ => None,
        }
    }
}

/// What a bucket of ours is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BucketUse {
    /// A large template.
    Template,
    /// The archive of a home, until it is downloaded.
    Archive,
}

/// How a resource outlives its stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    Itself,
    Snapshot,
}
