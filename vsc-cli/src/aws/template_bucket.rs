//! The bucket through which large templates go.

use sha1_smol::Sha1;

use super::call::{self, Request, S3, encoded};
use super::question::confirm;
use super::session::{Session, Stopped};
use crate::Failure;

/// How buckets of ours begin; the account and the region follow, since the names of buckets are
/// everybody's.
const PREFIX: &str = "vsc-templates";

/// Who is reported how to go on without a bucket of ours.
const OTHERWISE: &str = "name a bucket of yours with `--template-bucket`, or say yes with `--yes`";

/// Stores a template, and gives the URL under which CloudFormation reads it. Without a name it goes
/// to a bucket of our own, which is made if the user agrees.
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
        None => own(session, stack, &account, yes).await?,
    };
    // The same template has the same name: nothing piles up.
    let key = format!("{stack}/{}.json", Sha1::from(text).digest());
    let path = format!("/{}/{key}", encoded(&bucket));
    session.terminal.note(&format!(
        "the template of {stack} goes to s3://{bucket}/{key}"
    ));
    let request = Request::rest("PUT", path.clone())
        .header("x-amz-expected-bucket-owner", account)
        .body("application/json", text);
    let call = call::xml(session.config(), &S3, "PutObject", request);
    session.call("PutObject", call).await.map_err(|stopped| match stopped {
        Stopped::Failed(error) if error.code() == "NoSuchBucket" => Failure::Input(format!(
            "there is no bucket `{bucket}`\n= help: make it, or leave `--template-bucket` out to be asked for one"
        )),
        stopped => stopped.into(),
    })?;
    Ok(format!("{}{path}", S3.regional(session.region())))
}

/// The bucket of the account and the region.
async fn own(session: &Session, stack: &str, account: &str, yes: bool) -> Result<String, Failure> {
    let region = session.region();
    let bucket = format!("{PREFIX}-{account}-{region}");
    // A bucket of this name that is somebody else's is rejected: nothing is sent there.
    let request =
        Request::rest("HEAD", format!("/{bucket}")).header("x-amz-expected-bucket-owner", account);
    let call = call::xml(session.config(), &S3, "HeadBucket", request);
    match session.call("HeadBucket", call).await {
        Ok(_) => return Ok(bucket),
        Err(Stopped::Failed(error)) if error.is_status(404) => {}
        Err(stopped) => return Err(stopped.into()),
    }
    let question = format!(
        "The template of {stack} is too large for a call and has to come from S3. Make the bucket {bucket} for it?"
    );
    if !yes && !confirm(session, &question, OTHERWISE).await? {
        return Err(Failure::Input(format!(
            "{stack} has no way to CloudFormation without a bucket\n= help: {OTHERWISE}"
        )));
    }
    let request = Request::rest("PUT", format!("/{bucket}"));
    // The first region is the one that must not be named: Amazon S3 API Reference, `CreateBucket`.
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
    session.terminal.note(&format!("made the bucket {bucket}"));
    Ok(bucket)
}
