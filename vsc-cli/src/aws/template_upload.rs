//! The submission of a template to CloudFormation.

use vsc_core::template::{INLINE_BODY, compact, write_ascii_json};

use super::session::Session;
use super::template_bucket;
use crate::Failure;
use crate::assembly::Template;

/// A template in the form for a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SerializedTemplate {
    /// In the request itself.
    Inline(String),
    /// Too large for a request: it must be uploaded to S3. JSON without white space.
    Large(String),
}

/// The source of a template for CloudFormation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TemplateBody {
    /// The request itself.
    Body(String),
    /// An object in S3.
    Url(String),
}

impl SerializedTemplate {
    /// The most readable format that fits, as the app or the user wrote it or else in JSON, in ASCII: CloudFormation keeps nothing else of a template
    /// ([`super::masked`]).
    pub(crate) fn of(template: &Template) -> Self {
        let readable = if template.text.is_ascii() {
            template.text.clone()
        } else {
            write_ascii_json(&template.json)
        };
        if readable.len() <= INLINE_BODY {
            return Self::Inline(readable);
        }
        Self::of_text(compact(&template.json))
    }

    /// A template that is already serialized.
    pub(crate) fn of_text(compact: String) -> Self {
        if compact.len() <= INLINE_BODY {
            Self::Inline(compact)
        } else {
            Self::Large(compact)
        }
    }
}

/// Makes a template available to CloudFormation, by an upload if necessary.
pub(crate) async fn source(
    session: &Session,
    stack: &str,
    body: SerializedTemplate,
    bucket: Option<&str>,
    yes: bool,
) -> Result<TemplateBody, Failure> {
    match body {
        SerializedTemplate::Inline(text) => Ok(TemplateBody::Body(text)),
        SerializedTemplate::Large(text) => {
            let url = template_bucket::store(session, stack, &text, bucket, yes).await?;
            Ok(TemplateBody::Url(url))
        }
    }
}
