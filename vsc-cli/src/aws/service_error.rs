//! Errors of calls, as the SDK reports them.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_cloudformation::config::http::HttpResponse;
use aws_sdk_cloudformation::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cloudformation::operation::RequestId;
use vsc_spec::visible::one_line;

/// An error of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ServiceError {
    /// The service answered with an error.
    Rejected {
        code: String,
        message: String,
        request_id: Option<String>,
    },
    /// No usable credentials were found: the reason.
    NoCredentials(String),
    /// The endpoint could not be reached: the reason.
    Unreachable(String),
    /// No response came in time.
    NoAnswer,
    /// The connection broke, or the response was malformed: the reason.
    Broken(String),
}

/// The category of an error, which decides how to proceed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorKind {
    /// The credentials have expired.
    Expired,
    /// The credentials are missing or invalid.
    Credentials,
    /// The credentials lack a permission.
    Denied,
    /// The service throttles calls.
    Throttled,
    /// The network or the service failed; a later attempt may succeed.
    Network,
    /// The clock of this machine is wrong: signatures are valid for some minutes.
    Clock,
    /// Any other error response.
    Rejected,
}

impl ServiceError {
    /// Reads an error of the SDK.
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
                    // A line break in the message could pass for a line of ours.
                    message: one_line(rejected.message().unwrap_or_default()).into_owned(),
                    request_id: rejected
                        .request_id()
                        .or_else(|| violation.raw().headers().get("x-amzn-requestid"))
                        .map(str::to_owned),
                }
            }
            SdkError::TimeoutError(_) => Self::NoAnswer,
            SdkError::DispatchFailure(failure) => match credentials(error) {
                Some(reason) => Self::NoCredentials(reason),
                None if failure.is_timeout() => Self::NoAnswer,
                None if failure.is_io() => Self::Unreachable(innermost(error)),
                None => Self::Broken(innermost(error)),
            },
            SdkError::ConstructionFailure(_) => match credentials(error) {
                Some(reason) => Self::NoCredentials(reason),
                None => Self::Broken(innermost(error)),
            },
            _ => Self::Broken(innermost(error)),
        }
    }

    pub(crate) fn kind(&self) -> ErrorKind {
        match self {
            Self::NoCredentials(reason) if reason.to_ascii_lowercase().contains("expired") => {
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
                // The operation may have been executed all the same.
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
    .any(|phrase| message.contains(phrase))
}

/// The reason why no credentials were found, if the error is about that.
fn credentials(error: &(dyn Error + 'static)) -> Option<String> {
    let mut error = error;
    while error.downcast_ref::<CredentialsError>().is_none() {
        error = error.source()?;
    }
    let reason = innermost(error);
    // The output of a credential process may have several lines.
    let lines: Vec<&str> = reason
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Some(lines.join(" "))
}

/// The innermost source of an error.
fn innermost(error: &(dyn Error + 'static)) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}
