//! Secrets, large templates, and the identity of a session.

use crate::aws::call::{EC2, ROUTE_53, S3, SECRETS_MANAGER, SERVICE_QUOTAS, SSM};
use crate::aws::scripted::{Answer, Aws, bad, good, message, stacked, with_user};
use crate::aws::secret::value;
use crate::aws::template_upload::{SerializedTemplate, TemplateBody, source};
use crate::terminal::heard;
use vsc_spec::Json;

#[test]
fn a_secret_is_read_if_it_exists() {
    let found = |answer| {
        let aws = Aws::default().answers("GetSecretValue", [answer]);
        let found = aws.run(async |session| value(session, "team/alice").await);
        let body: String = aws.last("GetSecretValue").body.split_whitespace().collect();
        assert_eq!(body, r#"{"SecretId":"team/alice"}"#);
        found
    };
    assert_eq!(
        found(good(r#"{"SecretString": "hunter2"}"#)).ok(),
        Some(Some("hunter2".to_owned()))
    );
    assert_eq!(found(good("{}")).ok(), Some(None));
    assert_eq!(
        found(bad("ResourceNotFoundException", "no")).ok(),
        Some(None)
    );
    assert!(found(bad("AccessDeniedException", "no")).is_err());
}

#[test]
fn a_template_beyond_the_limit_is_large() {
    let text = |length: usize| "a".repeat(length);
    assert_eq!(
        SerializedTemplate::of_text(text(51_200)),
        SerializedTemplate::Inline(text(51_200))
    );
    assert_eq!(
        SerializedTemplate::of_text(text(51_201)),
        SerializedTemplate::Large(text(51_201))
    );
    let with = |length: usize| {
        let stack = stacked(|stack| stack.metadata("Note", "a ".repeat(length)));
        SerializedTemplate::of(&stack.template)
    };
    let SerializedTemplate::Inline(yaml) = with(10) else {
        panic!("it is short");
    };
    assert!(yaml.contains("Resources:\n  Queue:\n"), "{yaml}");
    let SerializedTemplate::Large(json) = with(26_000) else {
        panic!("it is long");
    };
    assert!(json.starts_with('{') && !json.contains('\n'), "{json}");
    // White space is left out only if it does not fit.
    let of = |count: usize| {
        let members = (0..count).map(|number| (number.to_string(), Json::from("a")));
        match SerializedTemplate::of_json(&Json::object(members)) {
            SerializedTemplate::Inline(json) => json,
            SerializedTemplate::Large(json) => panic!("it fits: {}", json.len()),
        }
    };
    assert!(of(10).contains('\n') && !of(4_000).contains('\n'));
    let here = Aws::default().run(async |session| {
        source(
            session,
            "team",
            SerializedTemplate::Inline("x".to_owned()),
            None,
            false,
        )
        .await
    });
    assert_eq!(here.ok(), Some(TemplateBody::Body("x".to_owned())));
}

/// The source of a large template, and the output.
fn stored(
    aws: &Aws,
    bucket: Option<&str>,
    yes: bool,
) -> (Result<TemplateBody, crate::Failure>, String) {
    aws.run(async |session| {
        let source = source(
            session,
            "team",
            SerializedTemplate::Large("x".to_owned()),
            bucket,
            yes,
        )
        .await;
        (source, heard::take())
    })
}

fn buckets(head: Answer, put: impl IntoIterator<Item = Answer>) -> Aws {
    Aws::default()
        .answers(
            "GetCallerIdentity",
            [good("<Account>123456789012</Account>")],
        )
        .answers("HEAD", [head])
        .answers("PUT", put)
}

const KEY: &str = "team/11f6ad8ec52a2984abaafd7c3b516503785c2072.json";

#[test]
fn a_large_template_is_uploaded_to_a_bucket() {
    let own = "vsc-templates-123456789012-eu-west-1";
    let not_found = || Answer::Bad(404, String::new(), String::new());
    for (bucket, head, yes, name, made) in [
        (Some("ours"), not_found(), false, "ours", false),
        (None, good(""), false, own, false),
        (None, not_found(), true, own, true),
    ] {
        let aws = buckets(head, [good("")]);
        let (source, reported) = stored(&aws, bucket, yes);
        let url = format!("https://s3.eu-west-1.amazonaws.com/{name}/{KEY}");
        assert_eq!(source.ok(), Some(TemplateBody::Url(url.clone())));
        let note = format!("uploading the template of team to s3://{name}/{KEY}\n");
        let making = format!("created the bucket {name}\n");
        assert_eq!(reported, if made { making + &note } else { note });
        let puts = aws.calls("PUT");
        assert_eq!(puts.len(), 1 + usize::from(made));
        let object = aws.last("PUT");
        assert_eq!(
            (object.url.as_str(), object.body.as_str()),
            (url.as_str(), "x")
        );
        let owner = (
            "x-amz-expected-bucket-owner".to_owned(),
            "123456789012".to_owned(),
        );
        assert!(object.headers.contains(&owner), "{:?}", object.headers);
        if made {
            assert_eq!(
                puts[0].url,
                format!("https://s3.eu-west-1.amazonaws.com/{name}")
            );
            assert!(
                puts[0]
                    .body
                    .contains("<LocationConstraint>eu-west-1</LocationConstraint>")
            );
            assert!(aws.last("HEAD").headers.contains(&owner));
        }
    }
}

#[test]
fn a_bucket_is_created_only_after_confirmation() {
    let not_found = Answer::Bad(404, String::new(), String::new());
    let aws = buckets(not_found, [good("")]);
    let reported = message(stored(&aws, None, false).0);
    assert!(
        reported.contains("Create the bucket vsc-templates-123456789012-eu-west-1?"),
        "{reported}"
    );
    assert!(aws.calls("PUT").is_empty());
    for (answer, puts) in [(false, 0), (true, 2)] {
        let not_found = Answer::Bad(404, String::new(), String::new());
        let aws = buckets(not_found, [good("")]);
        let source = with_user(answer, || stored(&aws, None, false).0);
        assert_eq!(aws.calls("PUT").len(), puts);
        if !answer {
            assert!(message(source).starts_with("the template of team needs an S3 bucket\n"));
        }
    }
    // A bucket of another account is not used.
    let aws = buckets(Answer::Bad(403, String::new(), String::new()), [good("")]);
    let reported = message(stored(&aws, None, true).0);
    assert!(
        reported.starts_with(
            "access to the bucket `vsc-templates-123456789012-eu-west-1` is denied: it may be of another account\n= help: "
        ),
        "{reported}"
    );
    assert!(aws.calls("PUT").is_empty());
}

#[test]
fn a_missing_bucket_is_named() {
    let aws = buckets(good(""), [bad("NoSuchBucket", "no")]);
    assert_eq!(
        message(stored(&aws, Some("ours"), false).0),
        "the bucket `ours` does not exist\n= help: create it, or omit `--template-bucket` to be asked for one"
    );
    let aws = buckets(good(""), [bad("AccessDenied", "no")]);
    assert!(message(stored(&aws, Some("ours"), false).0).starts_with("access denied: no"));
}

#[test]
fn services_have_regional_endpoints() {
    for (service, id, url) in [
        (&EC2, "EC2", "https://ec2.eu-west-1.amazonaws.com"),
        (&SSM, "SSM", "https://ssm.eu-west-1.amazonaws.com"),
        (
            &SECRETS_MANAGER,
            "Secrets Manager",
            "https://secretsmanager.eu-west-1.amazonaws.com",
        ),
        (
            &SERVICE_QUOTAS,
            "Service Quotas",
            "https://servicequotas.eu-west-1.amazonaws.com",
        ),
        (
            &ROUTE_53,
            "Route 53",
            "https://route53.eu-west-1.amazonaws.com",
        ),
        (&S3, "S3", "https://s3.eu-west-1.amazonaws.com"),
    ] {
        assert_eq!(service.id(), id);
        assert_eq!(service.regional("eu-west-1"), url);
    }
    assert_eq!(
        S3.regional("cn-north-1"),
        "https://s3.cn-north-1.amazonaws.com.cn"
    );
}

#[test]
fn the_caller_identity_is_known() {
    let aws = Aws::default().answers(
        "GetCallerIdentity",
        [
            good("<Account>123456789012</Account><Arn>arn:me</Arn>"),
            good(""),
        ],
    );
    aws.run(async |session| {
        let known = session.identity().await.expect("it is answered");
        assert_eq!(
            (known.account.as_str(), known.arn.as_str()),
            ("123456789012", "arn:me")
        );
        let unknown = session.identity().await.expect("it is answered");
        assert_eq!(
            (unknown.account.as_str(), unknown.arn.as_str()),
            ("unknown", "unknown")
        );
        assert_eq!((session.region(), session.profile()), ("eu-west-1", None));
        let shown = format!("{session:?}");
        assert!(
            shown.contains("eu-west-1") && !shown.contains("secret"),
            "{shown}"
        );
    });
}
