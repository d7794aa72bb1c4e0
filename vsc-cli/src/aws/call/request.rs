//! Requests before they are signed.

use std::error::Error;
use std::fmt::Write as _;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;

/// A request in one of the protocols.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    method: &'static str,
    /// Begins with a slash; includes the query.
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Request {
    /// A request of a REST API.
    pub(crate) fn rest(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A request of the Query protocol: EC2, STS.
    pub(crate) fn query(operation: &str, version: &str, parameters: &[(String, String)]) -> Self {
        let mut body = format!("Action={operation}&Version={version}");
        for (name, value) in parameters {
            body.push('&');
            body.push_str(&encoded(name));
            body.push('=');
            body.push_str(&encoded(value));
        }
        Self::rest("POST", "/").body("application/x-www-form-urlencoded", body)
    }

    /// A request of a JSON protocol: Systems Manager, Secrets Manager, Service Quotas.
    pub(crate) fn json(target: &str, operation: &str, body: String) -> Self {
        Self::rest("POST", "/")
            .header("x-amz-target", format!("{target}.{operation}"))
            .body("application/x-amz-json-1.1", body)
    }

    /// Sets the body.
    pub(crate) fn body(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("content-type", content_type)
    }

    /// Adds a header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn into_http(self) -> Result<HttpRequest, Box<dyn Error + Send + Sync>> {
        let mut request = http::Request::builder().method(self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        Ok(HttpRequest::try_from(
            request.body(SdkBody::from(self.body))?,
        )?)
    }
}

/// Percent-encodes a string for a URL: RFC 3986, section 2.3.
pub(crate) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            // Writing into a string cannot fail.
            other => _ = write!(encoded, "%{other:02X}"),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_encoded() {
        let parameters = [("InstanceId.1".to_owned(), "i-1 &ä".to_owned())];
        let request = Request::query("StopInstances", "2016-11-15", &parameters);
        assert_eq!(
            String::from_utf8_lossy(&request.body),
            "Action=StopInstances&Version=2016-11-15&InstanceId.1=i-1%20%26%C3%A4"
        );
    }
}
