//! What a service says when it refuses a call.

use std::error::Error;
use std::fmt;

use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::answer;
use super::xml::Element;

/// A refusal: its code, its message, and the ID of the request.
#[derive(Debug)]
pub(crate) struct Refused {
    meta: ErrorMetadata,
    request_id: Option<String>,
}

impl Refused {
    /// Reads a refusal in XML or JSON. JSON protocols may tell the code in a header.
    pub(super) fn read(body: &str, code: Option<&str>, request_id: Option<&str>) -> Self {
        let mut builder = ErrorMetadata::builder();
        let mut request_id = request_id.map(str::to_owned);
        let (told, message) = match Element::read(body) {
            Some(xml) => {
                let id = xml.find("RequestId").or_else(|| xml.find("RequestID"));
                request_id = request_id.or_else(|| Some(id?.text.clone()));
                let text = |name| xml.find(name).map(|element| element.text.clone());
                (text("Code"), text("Message"))
            }
            None => {
                let json = answer(body);
                let text = |name| json.as_ref()?.get(name)?.as_str().map(str::to_owned);
                (text("__type"), text("message").or_else(|| text("Message")))
            }
        };
        // The code may come with the name space of its shape, or with an address behind it.
        let code = code.map(str::to_owned).or(told).map(|code| {
            let code = code.rsplit('#').next().unwrap_or_default();
            code.split(':').next().unwrap_or_default().to_owned()
        });
        if let Some(code) = code {
            builder = builder.code(code);
        }
        if let Some(message) = message {
            builder = builder.message(message);
        }
        Self {
            meta: builder.build(),
            request_id,
        }
    }

    /// With the status in place of a message that is not there.
    pub(super) fn or_status(self, status: u16) -> Self {
        if self.meta.code().is_some() || self.meta.message().is_some() {
            return self;
        }
        let meta = ErrorMetadata::builder().message(format!("HTTP status {status}"));
        Self {
            meta: meta.build(),
            ..self
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.meta.code(), self.meta.message()) {
            (Some(code), Some(message)) => write!(f, "{code}: {message}"),
            (Some(text), None) | (None, Some(text)) => f.write_str(text),
            (None, None) => f.write_str("refused without a reason"),
        }
    }
}

impl Error for Refused {}

impl ProvideErrorMetadata for Refused {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl RequestId for Refused {
    fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_read_in_both_notations() {
        let xml = "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors><RequestID>r-1</RequestID></Response>";
        let refused = Refused::read(xml, None, None);
        assert_eq!(refused.to_string(), "UnauthorizedOperation: no");
        assert_eq!(refused.request_id(), Some("r-1"));
        let json = r#"{"__type": "com.amazonaws.ssm#ParameterNotFound", "message": "gone"}"#;
        assert_eq!(
            Refused::read(json, None, None).to_string(),
            "ParameterNotFound: gone"
        );
        let header = Some("AccessDeniedException:http://internal.amazon.com/coral/");
        assert_eq!(
            Refused::read("{}", header, None).code(),
            Some("AccessDeniedException")
        );
    }

    #[test]
    fn an_answer_that_is_neither_tells_its_status() {
        let refused = Refused::read("Bad gateway", None, None).or_status(502);
        assert_eq!(refused.to_string(), "HTTP status 502");
    }

    #[test]
    fn a_status_stands_only_for_what_is_not_there() {
        for (body, code, told) in [
            ("{}", Some("Code"), "Code"),
            (r#"{"Message": "no"}"#, None, "no"),
            (r#"{"message": "no"}"#, Some("Code"), "Code: no"),
            ("<Error/>", None, "HTTP status 400"),
            ("", None, "HTTP status 400"),
        ] {
            let refused = Refused::read(body, code, Some("r-1")).or_status(400);
            assert_eq!(refused.to_string(), told);
            assert_eq!(refused.request_id(), Some("r-1"));
        }
        let nothing = Refused::read("", None, None);
        assert_eq!(nothing.to_string(), "refused without a reason");
        let xml = "<Error><RequestId>r-2</RequestId></Error>";
        assert_eq!(Refused::read(xml, None, None).request_id(), Some("r-2"));
    }
}
