//! How a template reaches CloudFormation.

use vsc_core::template::{INLINE_BODY, Template};
use vsc_spec::Json;

use super::session::Session;
use super::template_bucket;
use crate::Failure;

/// A template as a call takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Body {
    /// In the call itself.
    Inline(String),
    /// Too large for that: it has to come from S3. JSON without white space.
    Large(String),
}

/// Where CloudFormation takes a template from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The call itself.
    Body(String),
    /// An object in S3.
    Url(String),
}

impl Body {
    /// The notation that people read best of those that fit, in ASCII: CloudFormation keeps nothing
    /// else of a template's text ([`super::masked`]).
    pub(crate) fn of(template: &Template) -> Self {
        let yaml = template.to_ascii_yaml_string();
        if yaml.len() <= INLINE_BODY {
            return Self::Inline(yaml);
        }
        Self::of_text(compact(&template.to_json()))
    }

    /// A template that is text already.
    pub(crate) fn of_text(compact: String) -> Self {
        if compact.len() <= INLINE_BODY {
            Self::Inline(compact)
        } else {
            Self::Large(compact)
        }
    }
}

/// Makes a template reachable for CloudFormation.
pub(crate) async fn source(
    session: &Session,
    stack: &str,
    body: Body,
    bucket: Option<&str>,
    yes: bool,
) -> Result<Source, Failure> {
    match body {
        Body::Inline(text) => Ok(Source::Body(text)),
        Body::Large(text) => {
            let url = template_bucket::store(session, stack, &text, bucket, yes).await?;
            Ok(Source::Url(url))
        }
    }
}

/// JSON in ASCII without white space. Outside strings the writer of documents uses white space only to
/// indent, and inside them it escapes line breaks.
fn compact(json: &Json) -> String {
    let text = vsc_core::template::write_ascii_json(json);
    let mut compact = String::with_capacity(text.len());
    let (mut is_string, mut is_escaped) = (false, false);
    for letter in text.chars() {
        if is_string {
            compact.push(letter);
            is_string = is_escaped || letter != '"';
            is_escaped = !is_escaped && letter == '\\';
        } else if !letter.is_whitespace() {
            compact.push(letter);
            is_string = letter == '"';
        }
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_white_space_outside_of_strings_goes() {
        let json = Json::object([
            ("a b", Json::from("say \"hi\\\" there\n")),
            ("list", Json::array([Json::Integer(1), Json::Bool(true)])),
        ]);
        assert_eq!(
            compact(&json),
            "{\"a b\":\"say \\\"hi\\\\\\\" there\\n\",\"list\":[1,true]}"
        );
    }
}
