//! What goes wrong with a call, as the SDK reports it.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_cloudformation::config::http::HttpResponse;
use aws_sdk_cloudformation::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cloudformation::operation::RequestId;
use vsc_spec::visible::one_line;

/// What went wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The service answered with an error.
    Rejected {
        code: String,
        message: String,
        request_id: Option<String>,
    },
    /// There were no credentials, or none that could be used.
    NoCredentials(String),
    /// The endpoint could not be reached.
    Unreachable(String),
    /// Nothing was answered in time.
    NoAnswer,
    /// The connection ended in the middle, or what came was no answer.
    Broken(String),
}

/// What a trouble is about, for those who decide how to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The credentials were right once.
    Expired,
    /// There are none, or they are wrong.
    Credentials,
    /// Something may not be done.
    Denied,
    /// There were too many calls.
    Throttled,
    /// The network: it may be better in a moment.
    Network,
    /// The clock of this machine is wrong: signatures hold for some minutes.
    Clock,
    /// Anything else the service rejects.
    Rejected,
}

impl Trouble {
    /// What the SDK's error is about.
    pub(crate) fn of<E>(error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + RequestId + Error + Send + Sync + 'static,
    {
        match error {
            SdkError::ServiceError(violation) => {
                let rejected = violation.err();
                let code = rejected.code().unwrap_or_default().to_owned();
                let status = violation.raw().status().as_u16();
                if code.is_empty() && status >= 500 {
                    return Self::Broken(format!("HTTP status {status}"));
                }
                Self::Rejected {
                    code: if code.is_empty() {
                        format!("HTTP status {status}")
                    } else {
                        code
                    },
                    // A line of the service could pass for one of ours.
                    message: one_line(rejected.message().unwrap_or_default()).into_owned(),
                    request_id: rejected
                        .request_id()
                        .or_else(|| violation.raw().headers().get("x-amzn-requestid"))
                        .map(str::to_owned),
                }
            }
            SdkError::TimeoutError(_) => Self::NoAnswer,
            SdkError::DispatchFailure(failure) => match credentials(error) {
                Some(why) => Self::NoCredentials(why),
                None if failure.is_timeout() => Self::NoAnswer,
                None if failure.is_io() => Self::Unreachable(innermost(error)),
                None => Self::Broken(innermost(error)),
            },
            SdkError::ConstructionFailure(_) => match credentials(error) {
                Some(why) => Self::NoCredentials(why),
                None => Self::Broken(innermost(error)),
            },
            _ => Self::Broken(innermost(error)),
        }
    }

    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::NoCredentials(why) if why.to_ascii_lowercase().contains("expired") => {
                ErrorKind::Expired
            }
            Self::NoCredentials(_) => ErrorKind::Credentials,
            Self::Unreachable(_) | Self::NoAnswer | Self::Broken(_) => ErrorKind::Network,
            Self::Rejected { code, message, .. } => match code.as_str() {
                "RequestTimeTooSkewed" => ErrorKind::Clock,
                "SignatureDoesNotMatch" | "InvalidSignatureException" | "AuthFailure"
                    if is_about_time(message) =>
                {
                    ErrorKind::Clock
                }
                "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => ErrorKind::Expired,
                "InvalidClientTokenId"
                | "UnrecognizedClientException"
                | "SignatureDoesNotMatch"
                | "InvalidSignatureException"
                | "AuthFailure"
                | "IncompleteSignature"
                | "MissingAuthenticationToken" => ErrorKind::Credentials,
                "AccessDenied"
                | "AccessDeniedException"
                | "UnauthorizedOperation"
                | "NotAuthorized" => ErrorKind::Denied,
                "Throttling"
                | "ThrottlingException"
                | "RequestLimitExceeded"
                | "RequestThrottled"
                | "RequestThrottledException"
                | "ThrottledException"
                | "TooManyRequestsException"
                | "SlowDown" => ErrorKind::Throttled,
                // It may have been carried out all the same.
                "InternalError"
                | "InternalFailure"
                | "InternalServerError"
                | "InternalServiceError"
                | "ServiceUnavailable"
                | "ServiceUnavailableException"
                | "Unavailable"
                | "RequestTimeout" => ErrorKind::Network,
                _ => ErrorKind::Rejected,
            },
        }
    }
}

/// Whether a signature is rejected because of its time.
fn is_about_time(message: &str) -> bool {
    [
        "Signature expired",
        "Signature not yet current",
        "is now earlier than",
    ]
    .iter()
    .any(|words| message.contains(words))
}

/// Why there are no credentials, where that is what an error is about.
fn credentials(error: &(dyn Error + 'static)) -> Option<String> {
    let mut error = error;
    while error.downcast_ref::<CredentialsError>().is_none() {
        error = error.source()?;
    }
    let why = innermost(error);
    // What a program said that gives credentials may have several lines.
    let lines: Vec<&str> = why
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Some(lines.join(" "))
}

/// The last word of an error.
fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}
