//! `patch`: installs updates on the hosts of teams, and reboots them if that is wanted.

use std::time::Duration;

use tokio::time::Instant;

use super::each::Target;
use super::on_host;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::host;
use crate::aws::io::{Event, Question};
use crate::aws::question::confirm;
use crate::aws::run_command;
use crate::aws::session::{Session, Stopped};
use crate::aws::shell::argument;
use crate::aws::tool_script::PATCH;
use crate::failure::Hint;
use crate::markup::RUN;

/// How long the updates may take.
const LONGEST: Duration = Duration::from_secs(3_600);

/// How long a reboot may take: EC2 forces it after some minutes.
const REBOOT: Duration = Duration::from_secs(900);

/// The interval between two questions to a host that reboots.
const INTERVAL: Duration = Duration::from_secs(5);

/// Prints the ID of the present boot.
const BOOT: &str = "cat /proc/sys/kernel/random/boot_id";

/// The newest release.
pub(crate) const LATEST: &str = "latest";

/// The options of the command.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// The release of Amazon Linux 2023, or `latest`.
    pub(crate) release: String,
    /// Whether a host reboots if its updates need it; otherwise the user is asked.
    pub(crate) reboots: bool,
    /// Whether updates are installed without asking.
    pub(crate) yes: bool,
}

/// An updated host.
#[derive(Debug)]
pub(crate) struct Patched<'a> {
    pub(crate) stack: &'a Stack,
    /// The ID of its instance.
    pub(crate) host: String,
    /// The releases before and after.
    pub(crate) from: String,
    pub(crate) to: String,
    /// The number of updated packages.
    pub(crate) packages: u64,
    pub(crate) reboot: Reboot,
}

/// Whether a host was rebooted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reboot {
    NotNeeded,
    /// Updates take effect at the next one.
    Pending,
    Done,
}

impl Reboot {
    /// Its name for scripts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NotNeeded => "not-needed",
            Self::Pending => "pending",
            Self::Done => "done",
        }
    }
}

/// Checks a release: `latest`, or a version such as `2023.9.20251105`.
///
/// # Errors
///
/// When it is neither.
pub(crate) fn check_release(text: &str) -> Result<(), Failure> {
    let is_number = |part: &str, length: std::ops::RangeInclusive<usize>| {
        length.contains(&part.len()) && part.bytes().all(|it| it.is_ascii_digit())
    };
    let parts: Vec<&str> = text.split('.').collect();
    let is_version = matches!(
        parts.as_slice(),
        ["2023", minor, day] if is_number(minor, 1..=3) && is_number(day, 8..=8)
    );
    if text == LATEST || is_version {
        return Ok(());
    }
    Err(
        Failure::usage(format!("invalid release of Amazon Linux: \"{text}\"")).hint(
            "pass `latest`, or a version of https://docs.aws.amazon.com/linux/al2023/release-notes/: 2023.9.20251105",
        ),
    )
}

/// Updates the hosts of stacks, one after the other.
///
/// # Errors
///
/// When a host does not run or cannot be updated, or the user does not agree.
pub(crate) fn run<'a>(
    target: &Target,
    stacks: &'a [Stack],
    options: &Options,
) -> Result<Vec<Patched<'a>>, Failure> {
    target.on_each(stacks, &async |session, stack| {
        patch(session, stack, options).await
    })
}

async fn patch<'a>(
    session: &Session,
    stack: &'a Stack,
    options: &Options,
) -> Result<Patched<'a>, Failure> {
    let name = stack.name.as_str();
    let users = stack.team.as_ref().map_or(0, |team| team.users.len());
    let instance = on_host::running(session, stack).await?;
    let question = Question::Patch {
        stack: name.to_owned(),
        release: options.release.clone(),
        users,
    };
    if !options.yes && !confirm(session, question, "pass `--yes`").await? {
        return Err(Failure::input(format!(
            "the host of {name} was not updated"
        )));
    }
    session.io.report(Event::Patching {
        stack: name,
        release: &options.release,
    });
    let output = install(session, stack, &instance.id, &options.release).await?;
    let text = |key| on_host::value(&output, key).unwrap_or("unknown").to_owned();
    let mut patched = Patched {
        stack,
        host: instance.id.clone(),
        from: text("from"),
        to: text("to"),
        packages: on_host::number(&output, "packages").unwrap_or_default(),
        reboot: match on_host::value(&output, "reboot") {
            Some("needed") => Reboot::Pending,
            _ => Reboot::NotNeeded,
        },
    };
    session.io.report(Event::Patched {
        stack: name,
        from: &patched.from,
        to: &patched.to,
        packages: patched.packages,
    });
    if patched.reboot == Reboot::NotNeeded {
        return Ok(patched);
    }
    session.io.report(Event::RebootNeeded {
        stack: name,
        reason: on_host::line(&output, "reason"),
    });
    if is_reboot_wanted(session, name, users, options).await? {
        reboot(session, name, &instance.id, on_host::value(&output, "boot")).await?;
        patched.reboot = Reboot::Done;
    }
    Ok(patched)
}

async fn install(
    session: &Session,
    stack: &Stack,
    instance: &str,
    release: &str,
) -> Result<String, Failure> {
    let command = PATCH.command(&argument(release));
    // Packages that are being installed are not interrupted: only waiting for them is.
    let started = run_command::start(session, instance, &command, Some(LONGEST)).await;
    let output = match started {
        Ok(command) => run_command::wait(session, instance, &command).await,
        Err(stopped) => Err(stopped),
    };
    if let Err(Stopped::Interrupted) = output {
        return Err(Stopped::Interrupted.failure(&format!(
            "the host of {0} continues to install updates: see the result with `{RUN}status {0}{RUN:#}`",
            stack.name
        )));
    }
    let what = format!("the host of {} is not updated", stack.name);
    Ok(on_host::succeeded(stack, output, &what)?.output)
}

/// Whether to reboot: by `--reboot`, or by the answer to a question. `--yes` alone reboots nothing.
async fn is_reboot_wanted(
    session: &Session,
    stack: &str,
    users: usize,
    options: &Options,
) -> Result<bool, Failure> {
    if options.reboots || options.yes {
        return Ok(options.reboots);
    }
    let question = Question::Reboot {
        stack: stack.to_owned(),
        users,
    };
    confirm(session, question, "pass `--reboot`").await
}

/// Reboots a host, and waits until it responds after another boot.
async fn reboot(
    session: &Session,
    stack: &str,
    instance: &str,
    boot: Option<&str>,
) -> Result<(), Failure> {
    session.io.report(Event::Rebooting { stack });
    // Whether it was requested is known even after an interruption.
    host::reboot(&session.uninterrupted(), instance).await?;
    let state = format!("the host of {stack} reboots: check with `{RUN}status {stack}{RUN:#}`");
    let responds = until_rebooted(session, instance, boot).await;
    if responds.map_err(|stopped| stopped.failure(&state))? {
        session.io.report(Event::Rebooted { stack });
        return Ok(());
    }
    Err(Failure::aws(format!(
        "the host of {stack} ({instance}) does not respond {} minutes after it was told to reboot",
        REBOOT.as_secs() / 60
    ))
    .hint(Hint::run(
        "look for the cause with",
        &["logs", stack, "--console"],
    )))
}

/// Waits until the host responds after another boot; returns whether it does in time.
async fn until_rebooted(
    session: &Session,
    instance: &str,
    boot: Option<&str>,
) -> Result<bool, Stopped> {
    let since = Instant::now();
    while since.elapsed() < REBOOT {
        session.pause(INTERVAL).await?;
        match host::run(session, instance, BOOT).await {
            Ok(output) if output.status == "Success" => {
                let now = output.output.trim();
                if !now.is_empty() && Some(now) != boot {
                    return Ok(true);
                }
            }
            // It does not run commands while it reboots, and its agent is not registered yet.
            Ok(_) => {}
            Err(Stopped::Failed(error)) if error.code() == "InvalidInstanceId" => {}
            Err(stopped) => return Err(stopped),
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests;
