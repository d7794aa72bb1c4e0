use crate::aws::trouble::{ErrorKind, Trouble};

#[test]
fn each_code_is_of_a_kind() {
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
            let rejected = Trouble::Rejected {
                code: (*code).to_owned(),
                message: "no".to_owned(),
                request_id: None,
            };
            assert_eq!(rejected.kind(), kind, "{code}");
        }
    }
}

#[test]
fn a_signature_may_be_rejected_for_the_clock() {
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
            let rejected = Trouble::Rejected {
                code: code.to_owned(),
                message: message.to_owned(),
                request_id: None,
            };
            assert_eq!(rejected.kind(), kind, "{code}: {message}");
        }
    }
}

#[test]
fn what_has_no_code_is_of_a_kind_too() {
    let text = || "it is so".to_owned();
    for (trouble, kind) in [
        (Trouble::NoCredentials(text()), ErrorKind::Credentials),
        (
            Trouble::NoCredentials("The SSO token has Expired".to_owned()),
            ErrorKind::Expired,
        ),
        (Trouble::Unreachable(text()), ErrorKind::Network),
        (Trouble::NoAnswer, ErrorKind::Network),
        (Trouble::Broken(text()), ErrorKind::Network),
    ] {
        assert_eq!(trouble.kind(), kind, "{trouble:?}");
    }
}
