//! Failed calls of AWS, and messages that explain them.

use std::fmt;

use vsc_spec::Diagnostic;
use vsc_spec::team::Region;

use super::environment::variable;
use super::service_error::{ErrorKind, ServiceError};
use super::session::Session;
use crate::Failure;

/// A failed call, with its operation, region and profile.
#[derive(Clone, Debug)]
pub(crate) struct CallError {
    operation: &'static str,
    error: ServiceError,
    region: String,
    profile: Option<String>,
}

impl CallError {
    pub(super) fn new(operation: &'static str, error: ServiceError, session: &Session) -> Self {
        Self {
            operation,
            error,
            region: session.region().to_owned(),
            profile: session.profile().map(str::to_owned),
        }
    }

    pub(crate) fn kind(&self) -> ErrorKind {
        self.error.kind()
    }

    /// The error code; empty without an error response.
    pub(crate) fn code(&self) -> &str {
        match &self.error {
            ServiceError::Rejected { code, .. } => code,
            _ => "",
        }
    }

    /// The error message; empty without an error response.
    pub(crate) fn message(&self) -> &str {
        match &self.error {
            ServiceError::Rejected { message, .. } => message,
            _ => "",
        }
    }

    /// Whether the request token was used before: the response to the first attempt was lost.
    pub(crate) fn is_repeated(&self) -> bool {
        self.code() == "TokenAlreadyExistsException"
    }

    /// Whether the response had nothing but this HTTP status.
    pub(crate) fn is_status(&self, status: u16) -> bool {
        self.code() == format!("HTTP status {status}")
    }

    /// Whether the stack does not exist.
    pub(crate) fn is_missing(&self) -> bool {
        self.code() == "ValidationError" && self.message().contains("does not exist")
    }

    /// The failure: the cause, then the state of the operation, then a help.
    pub(crate) fn failure(&self, state: &str) -> Failure {
        let mut failure = Failure::aws(self.cause()).caused_by(self.clone());
        if let ServiceError::Rejected {
            code, request_id, ..
        } = &self.error
        {
            let id = request_id.as_deref().unwrap_or("unknown");
            failure = failure.detail(format!("({}: {code}, request {id})", self.operation));
        }
        if !state.is_empty() {
            failure = failure.state(state);
        }
        failure.maybe_hint(self.help())
    }

    /// The cause, in one line.
    pub(crate) fn cause(&self) -> String {
        let Self {
            operation, region, ..
        } = self;
        match (self.kind(), &self.error) {
            (ErrorKind::Expired, _) => "the credentials have expired".to_owned(),
            (_, ServiceError::NoCredentials(reason)) => match &self.profile {
                Some(profile) => {
                    format!("profile `{profile}` provides no AWS credentials: {reason}")
                }
                None => format!("no AWS credentials found: {reason}"),
            },
            (_, ServiceError::Unreachable(reason)) => {
                format!("cannot reach AWS in {region}: {reason}")
            }
            (_, ServiceError::NoAnswer) => {
                format!("AWS in {region} did not respond ({operation})")
            }
            (_, ServiceError::Broken(reason)) => {
                format!("lost the connection to AWS in {region} ({operation}): {reason}")
            }
            (ErrorKind::Network, ServiceError::Rejected { message, .. }) => {
                format!("AWS service error in {region} ({operation}): {message}")
            }
            (ErrorKind::Clock, ServiceError::Rejected { message, .. }) => {
                format!("the clock of this machine is wrong: AWS reports {message:?}")
            }
            (ErrorKind::Credentials, ServiceError::Rejected { message, .. }) => {
                format!("AWS rejected the credentials: {message}")
            }
            (ErrorKind::Denied, ServiceError::Rejected { message, .. }) => {
                format!("access denied: {message}")
            }
            (ErrorKind::Throttled, ServiceError::Rejected { message, .. }) => {
                format!("AWS throttled {operation}, even after several retries: {message}")
            }
            (_, ServiceError::Rejected { code, message, .. }) if message.is_empty() => {
                format!("AWS rejected {operation}: {code}")
            }
            (_, ServiceError::Rejected { code, message, .. }) => match code.as_str() {
                "ValidationError" => format!("AWS rejected {operation}: {message}"),
                _ => format!("AWS rejected {operation}: {message} ({code})"),
            },
        }
    }

    /// The command that renews the credentials.
    pub(crate) fn sign_in(&self) -> String {
        match &self.profile {
            Some(profile) => format!("aws sso login --profile {profile}"),
            None => "aws sso login".to_owned(),
        }
    }

    fn help(&self) -> Option<String> {
        Some(match (self.kind(), &self.error) {
            (ErrorKind::Expired, _) => format!(
                "renew them, with `{}` or the way you obtained them, and run the command again",
                self.sign_in()
            ),
            (_, ServiceError::NoCredentials(reason)) if reason.contains("SSO") => format!(
                "sign in with `{}`, and run the command again",
                self.sign_in()
            ),
            (ErrorKind::Credentials, _) => {
                "pass `--profile`, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with `aws sso login`; `aws sts get-caller-identity` shows who you are".to_owned()
            }
            (ErrorKind::Denied, ServiceError::Rejected { message, .. }) => match denied_action(message) {
                Some(action) => format!("ask for the permission `{action}`, or pass another `--profile`"),
                None => "ask for the permission, or pass another `--profile`".to_owned(),
            },
            (ErrorKind::Throttled, _) => "wait a minute and run the command again; AWS_MAX_ATTEMPTS sets the number of attempts".to_owned(),
            (ErrorKind::Clock, _) => "set the clock (`timedatectl set-ntp true`; in WSL `sudo hwclock --hctosys`) and run the command again".to_owned(),
            (ErrorKind::Network, ServiceError::Rejected { .. }) => "run the command again in a few minutes; https://health.aws.amazon.com lists known issues".to_owned(),
            (_, ServiceError::Unreachable(_) | ServiceError::NoAnswer) => match configured_endpoints() {
                Some(configured) => format!("check that the endpoint is up: {configured}"),
                None => match Region::new(&self.region) {
                    Err(diagnostic) => {
                        let diagnostic = Diagnostic::from(diagnostic);
                        let help = diagnostic.help.map(|help| format!(": {help}"));
                        let note = diagnostic.note.map(|note| format!("\n{note}"));
                        diagnostic.message + &note.unwrap_or_default() + &help.unwrap_or_default()
                    }
                    Ok(_) => "check the network and HTTPS_PROXY, or raise `--timeout`".to_owned(),
                },
            },
            (_, ServiceError::Broken(_)) => "run the command again".to_owned(),
            _ => return None,
        })
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.cause())
    }
}

impl std::error::Error for CallError {}

/// The endpoints set in the environment, for all services and for single ones.
fn configured_endpoints() -> Option<String> {
    let ignored = variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
    if ignored.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return None;
    }
    let mut set: Vec<String> = std::env::vars()
        .filter(|(name, url)| name.starts_with("AWS_ENDPOINT_URL") && !url.trim().is_empty())
        .map(|(name, url)| format!("{name}={}", without_login(&url)))
        .collect();
    set.sort();
    (!set.is_empty()).then(|| set.join(", "))
}

/// A URL without the name and the password in it.
fn without_login(url: &str) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.find('/').unwrap_or(rest.len());
            let host = rest[..host].rfind('@').map_or(0, |at| at + 1);
            format!("{scheme}://{}", &rest[host..])
        }
        None => url.to_owned(),
    }
}

/// The action in "User … is not authorized to perform: cloudformation:CreateChangeSet on …".
pub(crate) fn denied_action(message: &str) -> Option<&str> {
    let (_, rest) = message.split_once("not authorized to perform: ")?;
    let end = rest
        .find(|letter: char| letter.is_whitespace() || letter == ',')
        .unwrap_or(rest.len());
    Some(rest[..end].trim_end_matches('.')).filter(|action| action.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: &str, message: &str) -> CallError {
        CallError {
            operation: "CreateChangeSet",
            error: ServiceError::Rejected {
                code: code.to_owned(),
                message: message.to_owned(),
                request_id: Some("1-2-3".to_owned()),
            },
            region: "eu-west-1".to_owned(),
            profile: Some("team".to_owned()),
        }
    }

    fn error_of(error: &CallError, state: &str) -> String {
        error.failure(state).text()
    }

    #[test]
    fn a_denied_action_is_named() {
        let message = "User: arn:aws:iam::1:user/a is not authorized to perform: cloudformation:CreateChangeSet on resource: arn:aws:cloudformation:x";
        let reported = error_of(&error("AccessDenied", message), "");
        assert!(
            reported.ends_with("= help: ask for the permission `cloudformation:CreateChangeSet`, or pass another `--profile`"),
            "{reported}"
        );
    }

    #[test]
    fn the_help_for_expired_credentials_follows_the_state() {
        let reported = error_of(
            &error(
                "ExpiredToken",
                "The security token included in the request is expired",
            ),
            "the deployment continues",
        );
        assert_eq!(
            reported,
            "the credentials have expired\nthe deployment continues\n= help: renew them, with `aws sso login --profile team` or the way you obtained them, and run the command again"
        );
    }

    #[test]
    fn the_request_id_is_shown_with_verbose() {
        let error = error("LimitExceededException", "too many stacks");
        assert!(!error_of(&error, "").contains("1-2-3"));
        let failure = error.failure("");
        assert_eq!(
            failure.problems()[0].details,
            ["(CreateChangeSet: LimitExceededException, request 1-2-3)"]
        );
    }

    #[test]
    fn errors_have_kinds() {
        assert_eq!(
            error("Throttling", "Rate exceeded").kind(),
            ErrorKind::Throttled
        );
        assert_eq!(
            error("InvalidClientTokenId", "").kind(),
            ErrorKind::Credentials
        );
        assert_eq!(error("ValidationError", "").kind(), ErrorKind::Rejected);
        let missing = error("ValidationError", "Stack with id x does not exist");
        assert!(missing.is_missing());
    }

    #[test]
    fn missing_credentials_have_a_help() {
        for (profile, reason, text) in [
            (
                Some("team"),
                "the SSO session has ended",
                "profile `team` provides no AWS credentials: the SSO session has ended\n= help: sign in with `aws sso login --profile team`, and run the command again",
            ),
            (
                None,
                "the SSO token has expired",
                "the credentials have expired\n= help: renew them, with `aws sso login` or the way you obtained them, and run the command again",
            ),
            (
                None,
                "nothing was found",
                "no AWS credentials found: nothing was found\n= help: pass `--profile`, set AWS_ACCESS_KEY_ID",
            ),
        ] {
            let error = CallError {
                error: ServiceError::NoCredentials(reason.to_owned()),
                profile: profile.map(str::to_owned),
                ..error("", "")
            };
            let reported = error_of(&error, "");
            assert!(reported.starts_with(text), "{reported}");
        }
    }

    #[test]
    fn the_login_in_a_url_is_hidden() {
        for (url, shown) in [
            ("http://localhost:4566", "http://localhost:4566"),
            ("http://me:secret@host/a@b", "http://host/a@b"),
            ("http://me:p@ss@host", "http://host"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(without_login(url), shown);
        }
    }
}
