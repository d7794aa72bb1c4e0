//! Error responses of services.

use std::error::Error;
use std::fmt;

use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::answer;
use super::xml::Element;

/// An error response: its code, message and request ID.
#[derive(Debug)]
pub(crate) struct Rejected {
    meta: ErrorMetadata,
    request_id: Option<String>,
}

impl Rejected {
    /// Parses an error in XML or JSON. JSON protocols may have the code in a header.
    pub(super) fn read(body: &str, code: Option<&str>, request_id: Option<&str>) -> Self {
        let mut builder = ErrorMetadata::builder();
        let mut request_id = request_id.map(str::to_owned);
        let (reported, message) = match Element::read(body) {
            Some(xml) => {
                let id = xml.find("RequestId").or_else(|| xml.find("RequestID"));
                request_id = request_id.or_else(|| Some(id?.text.clone()));
                let text = |name| xml.find(name).map(|element| element.text.clone());
                (text("Code"), text("Message"))
            }
            None => {
                let json = answer::read(body);
                let text = |name| json.as_ref()?.get(name)?.as_str().map(str::to_owned);
                (text("__type"), text("message").or_else(|| text("Message")))
            }
        };
        // The code may have the namespace of its shape before it, or a URL after it.
        let code = code.map(str::to_owned).or(reported).map(|code| {
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

    /// Uses the HTTP status as the message if there is neither code nor message.
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

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.meta.code(), self.meta.message()) {
            (Some(code), Some(message)) => write!(f, "{code}: {message}"),
            (Some(text), None) | (None, Some(text)) => f.write_str(text),
            (None, None) => f.write_str("error without a message"),
        }
    }
}

impl Error for Rejected {}

impl ProvideErrorMetadata for Rejected {
    fn meta(&self) -> &ErrorMetadata {
        &self.meta
    }
}

impl RequestId for Rejected {
    fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_parsed_in_both_formats() {
        let xml = "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>no</Message></Error></Errors><RequestID>r-1</RequestID></Response>";
        let rejected = Rejected::read(xml, None, None);
        assert_eq!(rejected.to_string(), "UnauthorizedOperation: no");
        assert_eq!(rejected.request_id(), Some("r-1"));
        let json = r#"{"__type": "com.amazonaws.ssm#ParameterNotFound", "message": "gone"}"#;
        assert_eq!(
            Rejected::read(json, None, None).to_string(),
            "ParameterNotFound: gone"
        );
        let header = Some("AccessDeniedException:http://internal.amazon.com/coral/");
        assert_eq!(
            Rejected::read("{}", header, None).code(),
            Some("AccessDeniedException")
        );
    }

    #[test]
    fn a_response_in_neither_format_has_its_status() {
        let rejected = Rejected::read("Bad gateway", None, None).or_status(502);
        assert_eq!(rejected.to_string(), "HTTP status 502");
    }

    #[test]
    fn the_status_is_only_a_fallback() {
        for (body, code, reported) in [
            ("{}", Some("Code"), "Code"),
            (r#"{"Message": "no"}"#, None, "no"),
            (r#"{"message": "no"}"#, Some("Code"), "Code: no"),
            ("<Error/>", None, "HTTP status 400"),
            ("", None, "HTTP status 400"),
        ] {
            let rejected = Rejected::read(body, code, Some("r-1")).or_status(400);
            assert_eq!(rejected.to_string(), reported);
            assert_eq!(rejected.request_id(), Some("r-1"));
        }
        let nothing = Rejected::read("", None, None);
        assert_eq!(nothing.to_string(), "error without a message");
        let xml = "<Error><RequestId>r-2</RequestId></Error>";
        assert_eq!(Rejected::read(xml, None, None).request_id(), Some("r-2"));
    }
}
