//! The S3 bucket for uploading large templates.

use sha1_smol::Sha1;

use super::call::{self, Request, S3, encoded};
use super::io::{BucketUse, Event, Question};
use super::question::confirm;
use super::session::{Session, Stopped};
use crate::Failure;

/// The prefix of our buckets; the account and the region follow, since bucket names are global.
const PREFIX: &str = "vsc-templates";

/// The help if there is no bucket.
const HELP: &str = "pass a bucket of yours with `--template-bucket`, or pass `--yes`";

/// Uploads a template, and returns its URL. Without a bucket name it uses our bucket, which is created
/// if the user agrees.
pub(crate) async fn store(
    session: &Session,
    stack: &str,
    text: &str,
    bucket: Option<&str>,
    yes: bool,
) -> Result<String, Failure> {
    let account = session.identity().await?.account;
    let bucket = match bucket {
        Some(bucket) => bucket.to_owned(),
        None => own(session, stack, &account, BucketUse::Template, yes, HELP).await?,
    };
    // The same template has the same key: nothing piles up.
    let key = format!("{stack}/{}.json", Sha1::from(text).digest());
    let path = format!("/{}/{key}", encoded(&bucket));
    session.io.report(Event::Uploading {
        stack,
        bucket: &bucket,
        key: &key,
    });
    let request = Request::rest("PUT", path.clone())
        .header("x-amz-expected-bucket-owner", account)
        .body("application/json", text);
    let call = call::xml(session.config(), &S3, "PutObject", request);
    session
        .call("PutObject", call)
        .await
        .map_err(|stopped| match stopped {
            Stopped::Failed(error) if error.code() == "NoSuchBucket" => {
                Failure::input(format!("the bucket `{bucket}` does not exist"))
                    .hint("create it, or omit `--template-bucket` to be asked for one")
            }
            stopped => stopped.into(),
        })?;
    Ok(format!("{}{path}", S3.regional(session.region())))
}

/// Our bucket in the account and the region, which is created if the user agrees; `otherwise` says what
/// to do instead.
pub(crate) async fn own(
    session: &Session,
    stack: &str,
    account: &str,
    usage: BucketUse,
    yes: bool,
    otherwise: &str,
) -> Result<String, Failure> {
    let region = session.region();
    let bucket = format!("{PREFIX}-{account}-{region}");
    // A bucket of this name in another account is rejected: nothing is sent there.
    let request =
        Request::rest("HEAD", format!("/{bucket}")).header("x-amz-expected-bucket-owner", account);
    let call = call::xml(session.config(), &S3, "HeadBucket", request);
    match session.call("HeadBucket", call).await {
        Ok(_) => return Ok(bucket),
        Err(Stopped::Failed(error)) if error.is_status(404) => {}
        // The response of this call has no text: the credentials may have expired, or it is not our bucket.
        Err(Stopped::Failed(error)) if error.is_status(403) => {
            session.identity().await?;
            return Err(Failure::input(format!(
                "access to the bucket `{bucket}` is denied: it may be of another account"
            ))
            .hint(otherwise));
        }
        Err(stopped) => return Err(stopped.into()),
    }
    let question = Question::CreateBucket {
        stack: stack.to_owned(),
        bucket: bucket.clone(),
        usage,
    };
    if !yes && !confirm(session, question, otherwise).await? {
        let what = match usage {
            BucketUse::Template => format!("the template of {stack} needs an S3 bucket"),
            BucketUse::Archive => "an archive leaves the host through an S3 bucket".to_owned(),
        };
        return Err(Failure::input(what).hint(otherwise));
    }
    let request = Request::rest("PUT", format!("/{bucket}"));
    // us-east-1 must not be specified: Amazon S3 API Reference, `CreateBucket`.
    let request = if region == "us-east-1" {
        request
    } else {
        let configuration = format!(
            "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>{region}</LocationConstraint></CreateBucketConfiguration>"
        );
        request.body("application/xml", configuration)
    };
    let call = call::xml(session.config(), &S3, "CreateBucket", request);
    session.call("CreateBucket", call).await?;
    session.io.report(Event::BucketCreated { bucket: &bucket });
    Ok(bucket)
}
