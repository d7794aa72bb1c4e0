//! Objects in S3: Amazon S3 API Reference.

use super::call::{self, Request, S3, encoded};
use super::session::{Session, Stopped};

/// An object in a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ObjectPath {
    pub(crate) bucket: String,
    pub(crate) key: String,
}

impl ObjectPath {
    /// The path in a URL of S3's endpoint; the slashes of the key stay.
    pub(super) fn path(&self) -> String {
        let key: Vec<String> = self.key.split('/').map(encoded).collect();
        format!("/{}/{}", encoded(&self.bucket), key.join("/"))
    }

    /// The URL in the form of S3 tools: `s3://bucket/key`.
    pub(crate) fn url(&self) -> String {
        format!("s3://{}/{}", self.bucket, self.key)
    }
}

/// The bytes of an object from a position on, at most `count` of them. There must be at least one. With an
/// entity tag S3 rejects the call if it is another object by now (`PreconditionFailed`).
pub(crate) async fn bytes(
    session: &Session,
    object: &ObjectPath,
    tag: &str,
    from: u64,
    count: u64,
) -> Result<Vec<u8>, Stopped> {
    let to = from + count - 1;
    let mut request =
        Request::rest("GET", object.path()).header("range", format!("bytes={from}-{to}"));
    if !tag.is_empty() {
        request = request.header("if-match", tag);
    }
    let call = call::bytes(session.config(), &S3, "GetObject", request);
    session.call("GetObject", call).await
}

/// Deletes an object; one that does not exist needs nothing.
pub(crate) async fn delete(session: &Session, object: &ObjectPath) -> Result<(), Stopped> {
    let request = Request::rest("DELETE", object.path());
    let call = call::xml(session.config(), &S3, "DeleteObject", request);
    session.call("DeleteObject", call).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slashes_of_a_key_stay() {
        let object = ObjectPath {
            bucket: "acme".to_owned(),
            key: "homes/ä b.tar.gz".to_owned(),
        };
        assert_eq!(object.path(), "/acme/homes/%C3%A4%20b.tar.gz");
        assert_eq!(object.url(), "s3://acme/homes/ä b.tar.gz");
    }
}
