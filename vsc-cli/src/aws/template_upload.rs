//! The submission of a template to CloudFormation.

use vsc_core::template::{INLINE_BODY, compact, write_ascii_json};
use vsc_spec::Json;

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
        let text = &template.text;
        if text.is_ascii() && text.len() <= INLINE_BODY {
            Self::Inline(text.clone())
        } else if text.is_ascii() {
            Self::of_text(compact(&template.json))
        } else {
            Self::of_json(&template.json)
        }
    }

    /// A template in JSON, without white space if it does not fit otherwise.
    pub(crate) fn of_json(template: &Json) -> Self {
        Self::of_text(json_text(template))
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

/// A template in JSON for a call, readable if it fits.
pub(crate) fn json_text(template: &Json) -> String {
    let readable = write_ascii_json(template);
    if readable.len() <= INLINE_BODY {
        readable
    } else {
        compact(template)
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
