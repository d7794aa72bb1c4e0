//! The report of the host about itself: lines `KEY=VALUE`, printed by a script on it.

use std::time::{SystemTime, UNIX_EPOCH};

use vsc_spec::visible::one_line;
use vsc_spec::{Json, Object};

use super::event::seconds;
use super::host;
use super::session::{Session, Stopped};

/// The script on the host, `team_ide/boot/files/report`.
const COMMAND: &str = "/usr/local/libexec/vsc/report";

/// The use of a disk, in percent, from which on a warning is shown.
const NEARLY_FULL: u8 = 90;

/// The remaining days of a certificate below which a warning is shown: it is renewed weeks before.
const DAYS_LEFT: i64 = 14;

/// AWS rejects calls that are signed more than five minutes ago: Signature Version 4, "Elements of an AWS
/// API request signature".
const CLOCKS_DIFFER: i64 = 300;

/// The report of a host; a missing field is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct HostReport {
    /// The metadata version that was applied last, and when.
    pub(crate) applied: Option<String>,
    pub(crate) applied_at: Option<String>,
    /// The metadata version that it received last.
    pub(crate) heard: Option<String>,
    /// The users whose workspaces it runs.
    pub(crate) users: Option<Vec<String>>,
    /// When its certificate expires.
    pub(crate) certificate_until: Option<String>,
    /// The result of the last renewal of certificate and logins, `ok` or a message, and its time.
    pub(crate) renewed: Option<String>,
    pub(crate) renewed_at: Option<String>,
    /// The reason of the last failed step.
    pub(crate) failure: Option<String>,
    /// Mount points and how full they are: `/ 43%`.
    pub(crate) disks: Vec<String>,
    /// The users whose homes are full.
    pub(crate) full_homes: Vec<String>,
    /// The users who are locked out: `users revoke`.
    pub(crate) revoked: Vec<String>,
    /// The states of the essential units.
    pub(crate) docker: Option<String>,
    pub(crate) proxy: Option<String>,
    pub(crate) clock: Option<String>,
    /// The time on the host.
    pub(crate) now: Option<String>,
    /// The result of the last security updates, `ok` or a message, and their time.
    pub(crate) updated: Option<String>,
    pub(crate) updated_at: Option<String>,
    /// Where its homes are: `volume` or `root`.
    pub(crate) homes: Option<String>,
    /// The instance that has the volume of the homes.
    pub(crate) homes_holder: Option<String>,
}

/// The severity of a line about the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineStatus {
    Ok,
    /// Needs attention.
    Warning,
    Error,
    /// Unknown, or informational.
    Neutral,
}

/// A line about the host: its subject, text and status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) subject: &'static str,
    pub(crate) text: String,
    pub(crate) status: LineStatus,
}

/// Whether the host has applied the deployed version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Applied {
    Yes,
    NotYet,
    Unknown,
}

impl HostReport {
    /// Reads the output of the script. Unknown keys, of a newer host, are skipped.
    pub(crate) fn read(output: &str) -> Self {
        let mut report = Self::default();
        for line in output.lines() {
            let Some((key, value)) = line.split_once('=') else {
                continue;
            };
            let value = one_line(value.trim()).into_owned();
            if value.is_empty() || value == "unknown" {
                continue;
            }
            match key.trim() {
                "applied" => report.applied = Some(value),
                "applied_at" => report.applied_at = Some(value),
                "users" => {
                    report.users = Some(value.split_whitespace().map(str::to_owned).collect());
                }
                "certificate_until" => report.certificate_until = Some(value),
                "renewed" => report.renewed = Some(value),
                "renewed_at" => report.renewed_at = Some(value),
                "failure" => report.failure = Some(value),
                "deployed" => report.heard = Some(value),
                "disk" => report.disks.push(value),
                "full_home" => report.full_homes.push(value),
                "revoked" => report.revoked.push(value),
                "docker" => report.docker = Some(value),
                "proxy" => report.proxy = Some(value),
                "clock" => report.clock = Some(value),
                "now" => report.now = Some(value),
                "updated" => report.updated = Some(value),
                "updated_at" => report.updated_at = Some(value),
                "homes" => report.homes = Some(value),
                "homes_holder" => report.homes_holder = Some(value),
                _ => {}
            }
        }
        report
    }

    /// Whether the host has applied the deployed version.
    pub(crate) fn applied(&self, deployed: Option<&str>) -> Applied {
        // A version that it has started to apply since then is not reverted yet.
        let has_begun_another = self.heard.is_some() && self.heard != self.applied;
        match (&self.applied, deployed) {
            (Some(applied), Some(deployed)) if applied == deployed && !has_begun_another => {
                Applied::Yes
            }
            (Some(_), Some(_)) => Applied::NotYet,
            _ => Applied::Unknown,
        }
    }

    /// The report as lines, at a time in seconds since 1970. With TLS a certificate is expected.
    pub(crate) fn lines(&self, deployed: Option<&str>, has_tls: bool, now: i64) -> Vec<Line> {
        let mut lines = vec![self.applied_line(deployed), self.users_line()];
        let missing = has_tls.then(|| Line::of("certificate", UNKNOWN, LineStatus::Warning));
        lines.extend(self.certificate_line(now).or(missing));
        lines.push(
            ended("renewal", self.renewed.as_ref(), self.renewed_at.as_ref())
                .unwrap_or_else(|| Line::of("renewal", UNKNOWN, LineStatus::Neutral)),
        );
        let failure = self.failure.as_ref();
        lines.extend(failure.map(|reason| Line::of("failure", reason, LineStatus::Error)));
        let units = [("Docker", &self.docker), ("proxy", &self.proxy)];
        for (unit, state) in units {
            let stopped = state.as_ref().filter(|state| *state != "active");
            lines.extend(stopped.map(|state| {
                let text = format!("{state}: users cannot log in; see `logs`");
                Line::of(unit, text, LineStatus::Error)
            }));
        }
        lines.extend(self.disks.iter().map(|disk| disk_line(disk)));
        lines.extend(self.full_homes.iter().map(|user| {
            let text = format!("of {user} is full: files saved there may be lost");
            Line::of("home", text, LineStatus::Error)
        }));
        lines.extend(self.revoked.iter().map(|user| {
            let text = format!("of {user} is revoked: `users admit {user}` gives it back");
            Line::of("access", text, LineStatus::Warning)
        }));
        lines.extend(self.clock_line(now));
        lines.extend(ended(
            "updates",
            self.updated.as_ref(),
            self.updated_at.as_ref(),
        ));
        lines
    }

    /// The line about its homes, on an instance of this ID; none if a host of an earlier version reports
    /// nothing about them.
    pub(crate) fn homes_line(&self, id: Option<&str>, has_volume: bool) -> Option<Line> {
        let line = |text: String, status| Some(Line::of("homes", text, status));
        match (self.homes.as_deref()?, self.homes_holder.as_deref()) {
            ("volume", Some(holder)) if id.is_some_and(|id| id != holder) => {
                let text = format!("their volume is at {holder}, and not at this host");
                line(text, LineStatus::Error)
            }
            ("volume", _) => line("on their own volume".to_owned(), LineStatus::Ok),
            ("root", _) if has_volume => line(
                "on the root volume, and lost with the host: move them with `deploy --move-homes`"
                    .to_owned(),
                LineStatus::Warning,
            ),
            ("root", _) => line(
                "on the root volume, and lost with the host".to_owned(),
                LineStatus::Neutral,
            ),
            (other, _) => line(other.to_owned(), LineStatus::Neutral),
        }
    }

    fn clock_line(&self, now: i64) -> Option<Line> {
        const WRONG: &str = "AWS calls and certificates fail with a wrong time";
        let off = self.now.as_ref().and_then(|there| seconds(there));
        let off = off.map(|there| there - now);
        if let Some(off) = off.filter(|off| off.abs() > CLOCKS_DIFFER) {
            let way = if off > 0 { "ahead of" } else { "behind" };
            let text = format!("{} {way} this machine's: {WRONG}", lasting(off));
            return Some(Line::of("clock", text, LineStatus::Error));
        }
        let clock = self.clock.as_ref()?;
        if clock == "synchronized" {
            return Some(Line::of("clock", clock, LineStatus::Ok));
        }
        Some(Line::of(
            "clock",
            format!("{clock}: {WRONG}"),
            LineStatus::Warning,
        ))
    }

    fn applied_line(&self, deployed: Option<&str>) -> Line {
        let since = match &self.applied_at {
            Some(at) => format!("since {at}"),
            None => "since an unknown time".to_owned(),
        };
        match (self.applied(deployed), &self.applied) {
            (Applied::Yes, _) => Line::of("applied", format!("up to date {since}"), LineStatus::Ok),
            (Applied::NotYet, _) => {
                let reason = match &self.heard {
                    Some(heard) if Some(heard.as_str()) == deployed => {
                        "the update is being applied, or a step failed; the host has run an earlier version"
                    }
                    _ if self.applied.as_deref() == deployed => {
                        "the host began another update, which it has yet to undo; it has run this one"
                    }
                    _ => "the host has not received the update yet; it has run an earlier version",
                };
                Line::of(
                    "applied",
                    format!("out of date: {reason} {since}"),
                    LineStatus::Warning,
                )
            }
            (Applied::Unknown, Some(version)) => {
                Line::of("applied", format!("{version} {since}"), LineStatus::Neutral)
            }
            (Applied::Unknown, None) => Line::of("applied", UNKNOWN, LineStatus::Neutral),
        }
    }

    fn users_line(&self) -> Line {
        match &self.users {
            Some(users) if users.is_empty() => Line::of("users", "none", LineStatus::Warning),
            Some(users) => Line::of("users", users.join(", "), LineStatus::Neutral),
            None => Line::of("users", UNKNOWN, LineStatus::Neutral),
        }
    }

    /// None if it serves no certificate.
    fn certificate_line(&self, now: i64) -> Option<Line> {
        let until = self.certificate_until.as_ref()?;
        let line = |text: String, status| Some(Line::of("certificate", text, status));
        let Some(left) = seconds(until).map(|end| end - now) else {
            return line(format!("until {until}"), LineStatus::Neutral);
        };
        let days = lasting(left);
        if left <= 0 {
            let text = format!("expired {days} ago, at {until}: browsers reject it");
            return line(text, LineStatus::Error);
        }
        let status = if left < DAYS_LEFT * 86_400 {
            LineStatus::Warning
        } else {
            LineStatus::Ok
        };
        line(format!("until {until}, {days} left"), status)
    }

    pub(crate) fn to_json(&self, deployed: Option<&str>) -> Json {
        let is_applied = match self.applied(deployed) {
            Applied::Yes => Json::Bool(true),
            Applied::NotYet => Json::Bool(false),
            Applied::Unknown => Json::Null,
        };
        let users = self.users.as_ref();
        let users = users.map(|users| Json::array(users.iter().cloned()));
        Json::Object(
            Object::new()
                .with("isApplied", is_applied)
                .with_some("deployed", deployed.map(str::to_owned))
                .with_some("applied", self.applied.clone())
                .with_some("appliedAt", self.applied_at.clone())
                .with_some("heard", self.heard.clone())
                .with_some("users", users)
                .with_some("certificateUntil", self.certificate_until.clone())
                .with_some("renewed", self.renewed.clone())
                .with_some("renewedAt", self.renewed_at.clone())
                .with_some("failure", self.failure.clone())
                .with("disks", Json::array(self.disks.iter().cloned()))
                .with("fullHomes", Json::array(self.full_homes.iter().cloned()))
                .with("revoked", Json::array(self.revoked.iter().cloned()))
                .with_some("docker", self.docker.clone())
                .with_some("proxy", self.proxy.clone())
                .with_some("clock", self.clock.clone())
                .with_some("now", self.now.clone())
                .with_some("updated", self.updated.clone())
                .with_some("updatedAt", self.updated_at.clone())
                .with_some("homes", self.homes.clone())
                .with_some("homesHolder", self.homes_holder.clone()),
        )
    }
}

const UNKNOWN: &str = "unknown";

impl Line {
    pub(crate) fn of(subject: &'static str, text: impl Into<String>, status: LineStatus) -> Self {
        Self {
            subject,
            text: text.into(),
            status,
        }
    }
}

impl Line {
    /// The line for a host that did not respond.
    pub(crate) fn unanswered(reason: &str) -> Self {
        Self::of(
            "applied",
            format!("unknown: the host does not respond ({})", one_line(reason)),
            LineStatus::Warning,
        )
    }
}

/// The last result of a daily task; none if it has not run.
fn ended(subject: &'static str, how: Option<&String>, at: Option<&String>) -> Option<Line> {
    let how = how?;
    let at = at.map(|at| format!(", at {at}")).unwrap_or_default();
    Some(if how == "ok" {
        Line::of(subject, format!("ok{at}"), LineStatus::Ok)
    } else {
        Line::of(subject, format!("failed{at}: {how}"), LineStatus::Error)
    })
}

/// Formats a duration in its largest fitting unit.
fn lasting(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    let (number, unit) = match seconds {
        86_400.. => (seconds / 86_400, "day"),
        3_600.. => (seconds / 3_600, "hour"),
        _ => (seconds / 60, "minute"),
    };
    match number {
        1 => format!("1 {unit}"),
        number => format!("{number} {unit}s"),
    }
}

fn disk_line(disk: &str) -> Line {
    let used = disk
        .rsplit(' ')
        .next()
        .and_then(|used| used.strip_suffix('%'));
    match used.and_then(|used| used.parse::<u8>().ok()) {
        Some(100..) => Line::of("disk", format!("{disk}: full"), LineStatus::Error),
        Some(NEARLY_FULL..) => {
            Line::of("disk", format!("{disk}: nearly full"), LineStatus::Warning)
        }
        Some(_) => Line::of("disk", disk, LineStatus::Ok),
        None => Line::of("disk", disk, LineStatus::Neutral),
    }
}

/// The current time, in seconds since 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_secs()).unwrap_or(i64::MAX)
}

/// Asks a running host for its report, or returns the reason why it does not respond.
pub(crate) async fn ask(
    session: &Session,
    id: &str,
) -> Result<Result<HostReport, String>, Stopped> {
    let output = match host::run(session, id, COMMAND).await {
        Ok(output) => output,
        Err(Stopped::Failed(error)) => return Ok(Err(host::unreached(&error))),
        Err(interrupted @ Stopped::Interrupted) => return Err(interrupted),
    };
    Ok(if output.status == "Success" {
        Ok(HostReport::read(&output.output))
    } else {
        Err(output.reason())
    })
}

#[cfg(test)]
mod tests;
