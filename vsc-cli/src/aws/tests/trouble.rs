use crate::aws::trouble::{Kind, Trouble};

#[test]
fn each_code_is_of_a_kind() {
    for (kind, codes) in [
        (Kind::Clock, &["RequestTimeTooSkewed"][..]),
        (
            Kind::Expired,
            &["ExpiredToken", "ExpiredTokenException", "RequestExpired"],
        ),
        (
            Kind::Credentials,
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
            Kind::Denied,
            &[
                "AccessDenied",
                "AccessDeniedException",
                "UnauthorizedOperation",
                "NotAuthorized",
            ],
        ),
        (
            Kind::Throttled,
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
            Kind::Network,
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
            Kind::Refused,
            &["ValidationError", "AlreadyExistsException", ""],
        ),
    ] {
        for code in codes {
            let refused = Trouble::Refused {
                code: (*code).to_owned(),
                message: "no".to_owned(),
                request_id: None,
            };
            assert_eq!(refused.kind(), kind, "{code}");
        }
    }
}

#[test]
fn a_signature_may_be_refused_for_the_clock() {
    for code in [
        "SignatureDoesNotMatch",
        "InvalidSignatureException",
        "AuthFailure",
    ] {
        for (message, kind) in [
            ("Signature expired: 1 is now earlier than 2", Kind::Clock),
            ("Signature not yet current", Kind::Clock),
            ("1 is now earlier than 2", Kind::Clock),
            ("the signature is wrong", Kind::Credentials),
        ] {
            let refused = Trouble::Refused {
                code: code.to_owned(),
                message: message.to_owned(),
                request_id: None,
            };
            assert_eq!(refused.kind(), kind, "{code}: {message}");
        }
    }
}

#[test]
fn what_has_no_code_is_of_a_kind_too() {
    let text = || "it is so".to_owned();
    for (trouble, kind) in [
        (Trouble::NoCredentials(text()), Kind::Credentials),
        (
            Trouble::NoCredentials("The SSO token has Expired".to_owned()),
            Kind::Expired,
        ),
        (Trouble::Unreachable(text()), Kind::Network),
        (Trouble::NoAnswer, Kind::Network),
        (Trouble::Broken(text()), Kind::Network),
    ] {
        assert_eq!(trouble.kind(), kind, "{trouble:?}");
    }
}
