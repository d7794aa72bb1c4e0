//! Uploads to S3 in parts, which somebody else sends: "Uploading and copying objects using multipart
//! upload", Amazon S3 User Guide.
//!
//! An archive of gigabytes has to leave a host that has neither permissions in S3 nor an open port. The
//! output of Run Command is cut after 24,000 characters, and a port forwarded by Session Manager needs a
//! plugin on this machine. So the caller begins an upload with its own credentials and signs the URL of
//! each part; the host sends the parts to these URLs with `curl`, without any permission; and the caller
//! completes the upload. A single presigned URL would accept 5 GB at most, and a part that is sent again
//! replaces only itself. Run Command stores the URLs with the command for 30 days: they allow nothing but
//! parts of this upload, and nothing at all once it is completed or aborted.

use std::fmt::Write as _;

use super::call::{self, Element, Request, S3, encoded};
use super::event;
use super::object::ObjectPath;
use super::session::{Session, Stopped};

/// An upload in progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) object: ObjectPath,
    pub(crate) id: String,
}

/// A part that has arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) number: u32,
    pub(crate) size: u64,
    tag: String,
}

#[cfg(test)]
impl Part {
    /// A part of this size.
    pub(crate) fn of_test(number: u32, size: u64) -> Self {
        Self {
            number,
            size,
            tag: String::new(),
        }
    }
}

impl Upload {
    fn path(&self) -> String {
        format!("{}?uploadId={}", self.object.path(), encoded(&self.id))
    }

    /// The path of the object in a URL, for signing.
    pub(crate) fn object_path(&self) -> String {
        self.object.path()
    }
}

/// Begins an upload.
pub(crate) async fn begin(session: &Session, object: ObjectPath) -> Result<Upload, Stopped> {
    let request = Request::rest("POST", format!("{}?uploads", object.path()));
    let call = call::xml(session.config(), &S3, "CreateMultipartUpload", request);
    let answer = session.call("CreateMultipartUpload", call).await?;
    let id = answer.text("UploadId").unwrap_or_default().to_owned();
    Ok(Upload { object, id })
}

/// The parts that have arrived, by number.
pub(crate) async fn parts(session: &Session, upload: &Upload) -> Result<Vec<Part>, Stopped> {
    let mut parts = Vec::new();
    let mut next = String::new();
    loop {
        let request = Request::rest("GET", upload.path() + &next);
        let call = call::xml(session.config(), &S3, "ListParts", request);
        let answer = session.call("ListParts", call).await?;
        parts.extend(answer.all("Part").into_iter().filter_map(part));
        let marker = answer.text("NextPartNumberMarker");
        match marker.filter(|_| answer.text("IsTruncated") == Some("true")) {
            Some(marker) => next = format!("&part-number-marker={}", encoded(marker)),
            None => return Ok(parts),
        }
    }
}

fn part(item: &Element) -> Option<Part> {
    Some(Part {
        number: item.text("PartNumber")?.parse().ok()?,
        size: item.text("Size")?.parse().ok()?,
        tag: item.text("ETag")?.to_owned(),
    })
}

/// Completes an upload of these parts; returns the entity tag of the object.
///
/// # Errors
///
/// S3 may report an error in a successful response, whose message is returned.
pub(crate) async fn complete(
    session: &Session,
    upload: &Upload,
    parts: &[Part],
) -> Result<Result<String, String>, Stopped> {
    let mut body =
        "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">".to_owned();
    for part in parts {
        // Writing into a string cannot fail.
        _ = write!(
            body,
            "<Part><PartNumber>{}</PartNumber><ETag>{}</ETag></Part>",
            part.number,
            part.tag.replace('&', "&amp;").replace('<', "&lt;")
        );
    }
    body.push_str("</CompleteMultipartUpload>");
    let request = Request::rest("POST", upload.path()).body("application/xml", body);
    let call = call::xml(session.config(), &S3, "CompleteMultipartUpload", request);
    let answer = session.call("CompleteMultipartUpload", call).await?;
    Ok(match answer.name.as_str() {
        "Error" => Err(answer.text("Message").unwrap_or("error").to_owned()),
        _ => Ok(answer.text("ETag").unwrap_or_default().to_owned()),
    })
}

/// Aborts an upload, and removes its parts; one that no longer exists needs nothing.
pub(crate) async fn abort(session: &Session, upload: &Upload) -> Result<(), Stopped> {
    let request = Request::rest("DELETE", upload.path());
    let call = call::xml(session.config(), &S3, "AbortMultipartUpload", request);
    match session.call("AbortMultipartUpload", call).await {
        Ok(_) => Ok(()),
        Err(Stopped::Failed(error)) if error.code() == "NoSuchUpload" => Ok(()),
        Err(stopped) => Err(stopped),
    }
}

/// The uploads of an object that were begun before a time in seconds since 1970.
pub(crate) async fn begun_before(
    session: &Session,
    object: &ObjectPath,
    time: i64,
) -> Result<Vec<Upload>, Stopped> {
    let path = format!(
        "/{}?uploads&prefix={}",
        encoded(&object.bucket),
        encoded(&object.key)
    );
    let call = call::xml(
        session.config(),
        &S3,
        "ListMultipartUploads",
        Request::rest("GET", path),
    );
    let answer = session.call("ListMultipartUploads", call).await?;
    let uploads = answer.all("Upload").into_iter().filter_map(|item| {
        let begun = item.text("Initiated").and_then(event::seconds)?;
        (item.text("Key") == Some(object.key.as_str()) && begun < time).then(|| Upload {
            object: object.clone(),
            id: item.text("UploadId").unwrap_or_default().to_owned(),
        })
    });
    Ok(uploads.collect())
}
