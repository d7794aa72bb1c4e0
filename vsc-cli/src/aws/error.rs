//! What AWS answers when it does not do what it was asked for, in words that help.

use vsc_spec::Diagnostic;
use vsc_spec::team::Region;

use super::environment::variable;
use super::session::Session;
use super::trouble::{ErrorKind, Trouble};
use crate::Failure;
use crate::terminal::Verbosity;

/// A call that failed, and where.
#[derive(Clone, Debug)]
pub(crate) struct CallError {
    operation: &'static str,
    trouble: Trouble,
    region: String,
    profile: Option<String>,
    verbose: bool,
}

impl CallError {
    pub(super) fn new(operation: &'static str, trouble: Trouble, session: &Session) -> Self {
        Self {
            operation,
            trouble,
            region: session.region().to_owned(),
            profile: session.profile().map(str::to_owned),
            verbose: session.terminal.verbosity() == Verbosity::Verbose,
        }
    }

    pub(crate) fn kind(&self) -> ErrorKind {
        self.trouble.kind()
    }

    /// The code, where the service answered with one.
    pub(crate) fn code(&self) -> &str {
        match &self.trouble {
            Trouble::Rejected { code, .. } => code,
            _ => "",
        }
    }

    /// The message, where the service answered with one.
    pub(crate) fn message(&self) -> &str {
        match &self.trouble {
            Trouble::Rejected { message, .. } => message,
            _ => "",
        }
    }

    /// Whether the service says that it has been asked for this already: the first answer was lost.
    pub(crate) fn is_repeated(&self) -> bool {
        self.code() == "TokenAlreadyExistsException"
    }

    /// Whether the service answered with nothing but this status.
    pub(crate) fn is_status(&self, status: u16) -> bool {
        self.code() == format!("HTTP status {status}")
    }

    /// Whether the service says that there is no such stack.
    pub(crate) fn is_missing(&self) -> bool {
        self.code() == "ValidationError" && self.message().contains("does not exist")
    }

    /// The cause in words, what has become of what was going on, and what to do.
    pub(crate) fn failure(&self, state: &str) -> Failure {
        let mut text = self.cause();
        if self.verbose
            && let Trouble::Rejected {
                code, request_id, ..
            } = &self.trouble
        {
            let id = request_id.as_deref().unwrap_or("unknown");
            text = format!("{text}\n({}: {code}, request {id})", self.operation);
        }
        if !state.is_empty() {
            text = format!("{text}\n{state}");
        }
        if let Some(help) = self.help() {
            text = format!("{text}\n= help: {help}");
        }
        Failure::Input(text)
    }

    /// The cause in one line.
    pub(crate) fn cause(&self) -> String {
        let Self {
            operation, region, ..
        } = self;
        match (self.kind(), &self.trouble) {
            (ErrorKind::Expired, _) => "the credentials have expired".to_owned(),
            (_, Trouble::NoCredentials(why)) => match &self.profile {
                Some(profile) => {
                    format!("the profile `{profile}` gives no AWS credentials: {why}")
                }
                None => format!("there are no AWS credentials: {why}"),
            },
            (_, Trouble::Unreachable(why)) => {
                format!("AWS cannot be reached in {region}: {why}")
            }
            (_, Trouble::NoAnswer) => {
                format!("AWS in {region} does not answer ({operation})")
            }
            (_, Trouble::Broken(why)) => {
                format!("the connection to AWS in {region} broke ({operation}): {why}")
            }
            (ErrorKind::Network, Trouble::Rejected { message, .. }) => {
                format!("AWS in {region} has trouble of its own ({operation}): {message}")
            }
            (ErrorKind::Clock, Trouble::Rejected { message, .. }) => {
                format!("the clock of this machine is wrong: AWS says {message:?}")
            }
            (ErrorKind::Credentials, Trouble::Rejected { message, .. }) => {
                format!("AWS does not accept the credentials: {message}")
            }
            (ErrorKind::Denied, Trouble::Rejected { message, .. }) => {
                format!("these credentials may not do this: {message}")
            }
            (ErrorKind::Throttled, Trouble::Rejected { message, .. }) => {
                format!(
                    "AWS has had too many calls, and still had after several pauses ({operation}): {message}"
                )
            }
            (_, Trouble::Rejected { code, message, .. }) if message.is_empty() => {
                format!("AWS rejected {operation}: {code}")
            }
            (_, Trouble::Rejected { code, message, .. }) => match code.as_str() {
                "ValidationError" => format!("AWS rejected {operation}: {message}"),
                _ => format!("AWS rejected {operation}: {message} ({code})"),
            },
        }
    }

    /// How to get new credentials.
    pub(crate) fn sign_in(&self) -> String {
        match &self.profile {
            Some(profile) => format!("aws sso login --profile {profile}"),
            None => "aws sso login".to_owned(),
        }
    }

    fn help(&self) -> Option<String> {
        Some(match (self.kind(), &self.trouble) {
            (ErrorKind::Expired, _) => format!(
                "get new ones, with `{}` or as you got these, and run the command again",
                self.sign_in()
            ),
            (_, Trouble::NoCredentials(why)) if why.contains("SSO") => format!(
                "sign in with `{}`, and run the command again",
                self.sign_in()
            ),
            (ErrorKind::Credentials, _) => {
                "name a profile with `--profile`, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with `aws sso login`; `aws sts get-caller-identity` shows who you are".to_owned()
            }
            (ErrorKind::Denied, Trouble::Rejected { message, .. }) => match denied_action(message) {
                Some(action) => format!("ask for the permission `{action}`, or name another profile with `--profile`"),
                None => "ask for the permission, or name another profile with `--profile`".to_owned(),
            },
            (ErrorKind::Throttled, _) => "wait a minute and run the command again; AWS_MAX_ATTEMPTS says how often it is tried".to_owned(),
            (ErrorKind::Clock, _) => "set the clock (`timedatectl set-ntp true`; in WSL `sudo hwclock --hctosys`) and run the command again".to_owned(),
            (ErrorKind::Network, Trouble::Rejected { .. }) => "run the command again in some minutes; https://health.aws.amazon.com reports what is known".to_owned(),
            (_, Trouble::Unreachable(_) | Trouble::NoAnswer) => match configured_endpoints() {
                Some(configured) => format!("{configured}: is it up?"),
                None => match Region::new(&self.region) {
                    Err(diagnostic) => Diagnostic::from(diagnostic).to_string().replace("\n= help: ", ": "),
                    Ok(_) => "look at the network and at HTTPS_PROXY; `--timeout` gives more time".to_owned(),
                },
            },
            (_, Trouble::Broken(_)) => "run the command again".to_owned(),
            _ => return None,
        })
    }
}

/// The endpoints that the environment names, for all services and for single ones.
fn configured_endpoints() -> Option<String> {
    let ignored = variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
    if ignored.is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return None;
    }
    let mut named: Vec<String> = std::env::vars()
        .filter(|(name, url)| name.starts_with("AWS_ENDPOINT_URL") && !url.trim().is_empty())
        .map(|(name, url)| format!("{name} says {}", without_login(&url)))
        .collect();
    named.sort();
    (!named.is_empty()).then(|| named.join(", "))
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

/// The action of "User … is not authorized to perform: cloudformation:CreateChangeSet on …".
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
            trouble: Trouble::Rejected {
                code: code.to_owned(),
                message: message.to_owned(),
                request_id: Some("1-2-3".to_owned()),
            },
            region: "eu-west-1".to_owned(),
            profile: Some("team".to_owned()),
            verbose: false,
        }
    }

    fn reported(error: &CallError, state: &str) -> String {
        match error.failure(state) {
            Failure::Input(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_is_denied_is_named() {
        let message = "User: arn:aws:iam::1:user/a is not authorized to perform: cloudformation:CreateChangeSet on resource: arn:aws:cloudformation:x";
        let reported = reported(&error("AccessDenied", message), "");
        assert!(
            reported.ends_with("= help: ask for the permission `cloudformation:CreateChangeSet`, or name another profile with `--profile`"),
            "{reported}"
        );
    }

    #[test]
    fn expired_credentials_say_how_to_get_new_ones_behind_what_goes_on() {
        let reported = reported(
            &error(
                "ExpiredToken",
                "The security token included in the request is expired",
            ),
            "the deployment goes on",
        );
        assert_eq!(
            reported,
            "the credentials have expired\nthe deployment goes on\n= help: get new ones, with `aws sso login --profile team` or as you got these, and run the command again"
        );
    }

    #[test]
    fn the_request_is_named_where_details_are_asked_for() {
        let mut error = error("LimitExceededException", "too many stacks");
        assert!(!reported(&error, "").contains("1-2-3"));
        error.verbose = true;
        assert!(
            reported(&error, "")
                .contains("(CreateChangeSet: LimitExceededException, request 1-2-3)")
        );
    }

    #[test]
    fn kinds_are_reported_apart() {
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
    fn without_credentials_the_way_to_them_is_named() {
        for (profile, why, text) in [
            (
                Some("team"),
                "the SSO session has ended",
                "the profile `team` gives no AWS credentials: the SSO session has ended\n= help: sign in with `aws sso login --profile team`, and run the command again",
            ),
            (
                None,
                "the SSO token has expired",
                "the credentials have expired\n= help: get new ones, with `aws sso login` or as you got these, and run the command again",
            ),
            (
                None,
                "nothing was found",
                "there are no AWS credentials: nothing was found\n= help: name a profile with `--profile`, set AWS_ACCESS_KEY_ID",
            ),
        ] {
            let error = CallError {
                trouble: Trouble::NoCredentials(why.to_owned()),
                profile: profile.map(str::to_owned),
                ..error("", "")
            };
            let reported = reported(&error, "");
            assert!(reported.starts_with(text), "{reported}");
        }
    }

    #[test]
    fn a_login_in_an_address_is_not_shown() {
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
