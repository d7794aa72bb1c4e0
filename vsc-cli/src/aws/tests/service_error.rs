use crate::aws::service_error::{ErrorKind, ServiceError};

#[test]
fn each_code_has_its_kind() {
    for (kind, codes) in [
        (ErrorKind::Clock, &["RequestTimeTooSkewed"][..]),
        (
            ErrorKind::Expired,
            &["ExpiredToken", "ExpiredTokenException", "RequestExpired"],
        ),
        (
            ErrorKind::Credentials,
            &[
                "InvalidClientTokenId",
                "UnrecognizedClientException",
                "SignatureDoesNotMatch",
                "InvalidSignatureException",
                "AuthFailure",
                "IncompleteSignature",
                "MissingAuthenticationToken",
            ],
        ),
        (
            ErrorKind::Denied,
            &[
                "AccessDenied",
                "AccessDeniedException",
                "UnauthorizedOperation",
                "NotAuthorized",
            ],
        ),
        (
            ErrorKind::Throttled,
            &[
                "Throttling",
                "ThrottlingException",
                "RequestLimitExceeded",
                "RequestThrottled",
                "RequestThrottledException",
                "ThrottledException",
                "TooManyRequestsException",
                "SlowDown",
            ],
        ),
        (
            ErrorKind::Network,
            &[
                "InternalError",
                "InternalFailure",
                "InternalServerError",
                "InternalServiceError",
                "ServiceUnavailable",
                "ServiceUnavailableException",
                "Unavailable",
                "RequestTimeout",
            ],
        ),
        (
            ErrorKind::Rejected,
            &["ValidationError", "AlreadyExistsException", ""],
        ),
    ] {
        for code in codes {
            let rejected = ServiceError::Rejected {
                code: (*code).to_owned(),
                message: "no".to_owned(),
                request_id: None,
            };
            assert_eq!(rejected.kind(), kind, "{code}");
        }
    }
}

#[test]
fn a_rejected_signature_may_be_due_to_the_clock() {
    for code in [
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
        "AuthFailure",
    ] {
        for (message, kind) in [
            (
                "Signature expired: 1 is now earlier than 2",
                ErrorKind::Clock,
            ),
            ("Signature not yet current", ErrorKind::Clock),
            ("1 is now earlier than 2", ErrorKind::Clock),
            ("the signature is wrong", ErrorKind::Credentials),
        ] {
            let rejected = ServiceError::Rejected {
                code: code.to_owned(),
                message: message.to_owned(),
                request_id: None,
            };
            assert_eq!(rejected.kind(), kind, "{code}: {message}");
        }
    }
}

#[test]
fn an_error_without_a_code_has_its_kind() {
    let text = || "it is so".to_owned();
    for (error, kind) in [
        (ServiceError::NoCredentials(text()), ErrorKind::Credentials),
        (
            ServiceError::NoCredentials("The SSO token has Expired".to_owned()),
            ErrorKind::Expired,
        ),
        (ServiceError::Unreachable(text()), ErrorKind::Network),
        (ServiceError::NoAnswer, ErrorKind::Network),
        (ServiceError::Broken(text()), ErrorKind::Network),
    ] {
        assert_eq!(error.kind(), kind, "{error:?}");
    }
}
