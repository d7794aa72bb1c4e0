//! What the host reports about itself: lines `KEY=VALUE`, printed by a script of its own.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_smithy_types::date_time::{DateTime, Format};
use vsc_spec::visible::one_line;
use vsc_spec::{Json, Object};

use super::host;
use super::session::{Session, Stopped};

/// The script on the host, `team_ide/boot/files/report`.
const COMMAND: &str = "/usr/local/libexec/vsc/report";

/// A disk this full, in percent, is about to stop somebody's work.
const NEARLY_FULL: u8 = 90;

/// A certificate is renewed weeks before this many days are left.
const DAYS_LEFT: i64 = 14;

/// AWS rejects calls that are signed more than five minutes ago: Signature Version 4, "Elements of an AWS
/// API request signature".
const CLOCKS_DIFFER: i64 = 300;

/// What a host reports; what it leaves out is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    /// The version of the metadata that was applied last, and when.
    pub(crate) applied: Option<String>,
    pub(crate) applied_at: Option<String>,
    /// The version that it has heard of.
    pub(crate) heard: Option<String>,
    /// Whose workspaces it runs.
    pub(crate) users: Option<Vec<String>>,
    /// When the certificate that it serves expires.
    pub(crate) certificate_until: Option<String>,
    /// How the last renewal of certificate and logins ended, `ok` or a message, and when.
    pub(crate) renewed: Option<String>,
    pub(crate) renewed_at: Option<String>,
    /// Why the last step that failed did.
    pub(crate) failure: Option<String>,
    /// Mount points and how full they are: `/ 43%`.
    pub(crate) disks: Vec<String>,
    /// Whose homes have no room left.
    pub(crate) full_homes: Vec<String>,
    /// The states of the units without which nothing answers.
    pub(crate) docker: Option<String>,
    pub(crate) proxy: Option<String>,
    pub(crate) clock: Option<String>,
    /// What time it is there.
    pub(crate) now: Option<String>,
    /// How the last security updates ended, `ok` or a message, and when.
    pub(crate) updated: Option<String>,
    pub(crate) updated_at: Option<String>,
}

/// How a line about the host is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Good,
    /// It is to be looked at.
    Doubtful,
    Bad,
    /// It is not known, or nothing follows from it.
    Neutral,
}

/// A line about the host: what it is about, what is so, and how it is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) subject: &'static str,
    pub(crate) text: String,
    pub(crate) mood: Mood,
}

/// Whether the host has applied what is deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Applied {
    Yes,
    NotYet,
    Unknown,
}

impl Report {
    /// Reads what the script prints. Keys that are not known are left out, for a newer host.
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
                "docker" => report.docker = Some(value),
                "proxy" => report.proxy = Some(value),
                "clock" => report.clock = Some(value),
                "now" => report.now = Some(value),
                "updated" => report.updated = Some(value),
                "updated_at" => report.updated_at = Some(value),
                _ => {}
            }
        }
        report
    }

    /// Whether what is applied is the deployed version.
    pub(crate) fn applied(&self, deployed: Option<&str>) -> Applied {
        // One that it has begun to apply since then is not taken back yet.
        let has_begun_another = self.heard.is_some() && self.heard != self.applied;
        match (&self.applied, deployed) {
            (Some(applied), Some(deployed)) if applied == deployed && !has_begun_another => {
                Applied::Yes
            }
            (Some(_), Some(_)) => Applied::NotYet,
            _ => Applied::Unknown,
        }
    }

    /// What people read of it, at a time in seconds after 1970. With TLS a certificate is expected.
    pub(crate) fn lines(&self, deployed: Option<&str>, has_tls: bool, now: i64) -> Vec<Line> {
        let mut lines = vec![self.applied_line(deployed), self.users_line()];
        let missing = has_tls.then(|| Line::of("certificate", UNKNOWN, Mood::Doubtful));
        lines.extend(self.certificate_line(now).or(missing));
        lines.push(
            ended("renewal", self.renewed.as_ref(), self.renewed_at.as_ref())
                .unwrap_or_else(|| Line::of("renewal", UNKNOWN, Mood::Neutral)),
        );
        let failure = self.failure.as_ref();
        lines.extend(failure.map(|why| Line::of("failure", why, Mood::Bad)));
        let units = [("Docker", &self.docker), ("proxy", &self.proxy)];
        for (unit, state) in units {
            let stopped = state.as_ref().filter(|state| *state != "active");
            lines.extend(stopped.map(|state| {
                let text = format!("{state}: nobody gets in; `logs` may show why");
                Line::of(unit, text, Mood::Bad)
            }));
        }
        lines.extend(self.disks.iter().map(|disk| disk_line(disk)));
        lines.extend(self.full_homes.iter().map(|user| {
            let text = format!("of {user} is full: what is saved there may be lost");
            Line::of("home", text, Mood::Bad)
        }));
        lines.extend(self.clock_line(now));
        lines.extend(ended(
            "updates",
            self.updated.as_ref(),
            self.updated_at.as_ref(),
        ));
        lines
    }

    fn clock_line(&self, now: i64) -> Option<Line> {
        const WRONG: &str = "calls of AWS and certificates fail with a wrong time";
        let off = self.now.as_ref().and_then(|there| seconds(there));
        let off = off.map(|there| there - now);
        if let Some(off) = off.filter(|off| off.abs() > CLOCKS_DIFFER) {
            let way = if off > 0 { "ahead of" } else { "behind" };
            let text = format!("{} {way} this machine's: {WRONG}", lasting(off));
            return Some(Line::of("clock", text, Mood::Bad));
        }
        let clock = self.clock.as_ref()?;
        if clock == "synchronized" {
            return Some(Line::of("clock", clock, Mood::Good));
        }
        Some(Line::of(
            "clock",
            format!("{clock}: {WRONG}"),
            Mood::Doubtful,
        ))
    }

    fn applied_line(&self, deployed: Option<&str>) -> Line {
        let since = match &self.applied_at {
            Some(at) => format!("since {at}"),
            None => "since an unknown time".to_owned(),
        };
        match (self.applied(deployed), &self.applied) {
            (Applied::Yes, _) => {
                Line::of("applied", format!("what is deployed, {since}"), Mood::Good)
            }
            (Applied::NotYet, _) => {
                let why = match &self.heard {
                    Some(heard) if Some(heard.as_str()) == deployed => {
                        "it is being applied, or a step failed; it runs an earlier change"
                    }
                    _ if self.applied.as_deref() == deployed => {
                        "the host began another change, which it has yet to take back; it ran this one"
                    }
                    _ => "the host has not heard of it yet; it runs an earlier change",
                };
                Line::of(
                    "applied",
                    format!("not what is deployed: {why} {since}"),
                    Mood::Doubtful,
                )
            }
            (Applied::Unknown, Some(version)) => {
                Line::of("applied", format!("{version} {since}"), Mood::Neutral)
            }
            (Applied::Unknown, None) => Line::of("applied", UNKNOWN, Mood::Neutral),
        }
    }

    fn users_line(&self) -> Line {
        match &self.users {
            Some(users) if users.is_empty() => Line::of("users", "none", Mood::Doubtful),
            Some(users) => Line::of("users", users.join(", "), Mood::Neutral),
            None => Line::of("users", UNKNOWN, Mood::Neutral),
        }
    }

    /// None where it serves no certificate.
    fn certificate_line(&self, now: i64) -> Option<Line> {
        let until = self.certificate_until.as_ref()?;
        let line = |text: String, mood| Some(Line::of("certificate", text, mood));
        let Some(left) = seconds(until).map(|end| end - now) else {
            return line(format!("until {until}"), Mood::Neutral);
        };
        let days = lasting(left);
        if left <= 0 {
            let text = format!("expired {days} ago, at {until}: browsers turn everybody away");
            return line(text, Mood::Bad);
        }
        let mood = if left < DAYS_LEFT * 86_400 {
            Mood::Doubtful
        } else {
            Mood::Good
        };
        line(format!("until {until}, {days} left"), mood)
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
                .with_some("docker", self.docker.clone())
                .with_some("proxy", self.proxy.clone())
                .with_some("clock", self.clock.clone())
                .with_some("now", self.now.clone())
                .with_some("updated", self.updated.clone())
                .with_some("updatedAt", self.updated_at.clone()),
        )
    }
}

const UNKNOWN: &str = "unknown";

impl Line {
    fn of(subject: &'static str, text: impl Into<String>, mood: Mood) -> Self {
        Self {
            subject,
            text: text.into(),
            mood,
        }
    }
}

impl Line {
    /// Where the host was asked and did not answer.
    pub(crate) fn unanswered(why: &str) -> Self {
        Self::of(
            "applied",
            format!("unknown: the host does not report ({})", one_line(why)),
            Mood::Doubtful,
        )
    }
}

/// How something that is done daily ended last; none where it was not.
fn ended(subject: &'static str, how: Option<&String>, at: Option<&String>) -> Option<Line> {
    let how = how?;
    let at = at.map(|at| format!(", at {at}")).unwrap_or_default();
    Some(if how == "ok" {
        Line::of(subject, format!("ok{at}"), Mood::Good)
    } else {
        Line::of(subject, format!("failed{at}: {how}"), Mood::Bad)
    })
}

/// How long so many seconds are, in the unit that says it best.
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
        Some(100..) => Line::of("disk", format!("{disk}: full"), Mood::Bad),
        Some(NEARLY_FULL..) => Line::of("disk", format!("{disk}: nearly full"), Mood::Doubtful),
        Some(_) => Line::of("disk", disk, Mood::Good),
        None => Line::of("disk", disk, Mood::Neutral),
    }
}

/// A time of ISO 8601 in seconds after 1970.
fn seconds(time: &str) -> Option<i64> {
    let time = DateTime::from_str(time, Format::DateTimeWithOffset).ok()?;
    Some(time.secs())
}

/// The time now, in seconds after 1970.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    i64::try_from(since.unwrap_or_default().as_secs()).unwrap_or(i64::MAX)
}

/// Asks a host that runs; where it does not answer, why.
pub(crate) async fn ask(session: &Session, id: &str) -> Result<Result<Report, String>, Stopped> {
    let said = match host::run(session, id, COMMAND).await {
        Ok(said) => said,
        Err(Stopped::Failed(error)) => return Ok(Err(host::unreached(&error))),
        Err(interrupted @ Stopped::Interrupted) => return Err(interrupted),
    };
    Ok(if said.status == "Success" {
        Ok(Report::read(&said.output))
    } else {
        Err(said.reason())
    })
}

#[cfg(test)]
mod tests;
