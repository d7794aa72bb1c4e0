//! What goes wrong with a call, as the SDK tells it.

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
    Refused {
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
pub(crate) enum Kind {
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
    /// Anything else the service refuses.
    Refused,
}

impl Trouble {
    /// What the SDK's error is about.
    pub(crate) fn of<E>(error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + RequestId + Error + Send + Sync + 'static,
    {
        match error {
            SdkError::ServiceError(refusal) => {
                let refused = refusal.err();
                let code = refused.code().unwrap_or_default().to_owned();
                let status = refusal.raw().status().as_u16();
                if code.is_empty() && status >= 500 {
                    return Self::Broken(format!("HTTP status {status}"));
                }
                Self::Refused {
                    code: if code.is_empty() {
                        format!("HTTP status {status}")
                    } else {
                        code
                    },
                    // A line of the service could pass for one of ours.
                    message: one_line(refused.message().unwrap_or_default()).into_owned(),
                    request_id: refused
                        .request_id()
                        .or_else(|| refusal.raw().headers().get("x-amzn-requestid"))
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

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::NoCredentials(why) if why.to_ascii_lowercase().contains("expired") => {
                Kind::Expired
            }
            Self::NoCredentials(_) => Kind::Credentials,
            Self::Unreachable(_) | Self::NoAnswer | Self::Broken(_) => Kind::Network,
            Self::Refused { code, message, .. } => match code.as_str() {
                "RequestTimeTooSkewed" => Kind::Clock,
                "SignatureDoesNotMatch" | "InvalidSignatureException" | "AuthFailure"
                    if is_about_time(message) =>
                {
                    Kind::Clock
                }
                "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" => Kind::Expired,
                "InvalidClientTokenId"
                | "UnrecognizedClientException"
                | "SignatureDoesNotMatch"
                | "InvalidSignatureException"
                | "AuthFailure"
                | "IncompleteSignature"
                | "MissingAuthenticationToken" => Kind::Credentials,
                "AccessDenied"
                | "AccessDeniedException"
                | "UnauthorizedOperation"
                | "NotAuthorized" => Kind::Denied,
                "Throttling"
                | "ThrottlingException"
                | "RequestLimitExceeded"
                | "RequestThrottled"
                | "RequestThrottledException"
                | "ThrottledException"
                | "TooManyRequestsException"
                | "SlowDown" => Kind::Throttled,
                // It may have been carried out all the same.
                "InternalError"
                | "InternalFailure"
                | "InternalServerError"
                | "InternalServiceError"
                | "ServiceUnavailable"
                | "ServiceUnavailableException"
                | "Unavailable"
                | "RequestTimeout" => Kind::Network,
                _ => Kind::Refused,
            },
        }
    }
}

/// Whether a signature is refused because of its time.
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
