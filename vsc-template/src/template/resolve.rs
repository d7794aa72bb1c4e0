//! Evaluates intrinsic functions with the values of a deployed stack.

use std::collections::HashMap;

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::{Diagnostic, Json, Object, suggest};

/// The values of references and attributes of a deployed stack.
///
/// ```
/// use vsc_core::template::Known;
/// use vsc_core::template::intrinsic::sub;
///
/// let known = Known::default()
///     .with("AWS::StackName", "team")
///     .with("Host.PrivateIp", "10.1.0.5");
/// let text = known.resolve(sub("${AWS::StackName} at ${Host.PrivateIp}, ${!literal}").json())?;
/// assert_eq!(text.as_str(), Some("team at 10.1.0.5, ${literal}"));
/// # Ok::<(), vsc_spec::Diagnostic>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Known(HashMap<String, Json>);

impl Known {
    /// Adds a value: the `Ref` of a parameter, resource or pseudo parameter by its name, an attribute of
    /// a resource as `Name.Attribute`.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<Json>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }

    /// The value with all its intrinsic functions evaluated.
    ///
    /// # Errors
    ///
    /// When it refers to an unknown name, or needs a function that only CloudFormation can evaluate.
    pub fn resolve(&self, value: &Json) -> Result<Json, Diagnostic> {
        match value {
            Json::Array(items) => items
                .iter()
                .map(|item| self.resolve(item))
                .collect::<Result<Vec<_>, _>>()
                .map(Json::Array),
            Json::Object(object) => match object.call() {
                Some((name, argument)) => self.call(name, argument),
                _ => object
                    .iter()
                    .map(|(name, member)| Ok((name.to_owned(), self.resolve(member)?)))
                    .collect::<Result<Object, Diagnostic>>()
                    .map(Json::Object),
            },
            other => Ok(other.clone()),
        }
    }

    fn call(&self, name: &str, argument: &Json) -> Result<Json, Diagnostic> {
        let unknown = || {
            Diagnostic::new(format!("cannot evaluate `{name}`"))
                .note("only CloudFormation can evaluate it")
        };
        match (
            IntrinsicFunction::parse(name).ok_or_else(unknown)?,
            argument,
        ) {
            (IntrinsicFunction::Ref, Json::String(name)) => self.look_up(name),
            (IntrinsicFunction::GetAtt, Json::String(path)) => self.look_up(path),
            (IntrinsicFunction::GetAtt, Json::Array(path)) => {
                self.look_up(&texts(path, name)?.join("."))
            }
            (IntrinsicFunction::Sub, Json::String(text)) => self.substitute(text, &Object::new()),
            (IntrinsicFunction::Sub, Json::Array(arguments)) => match arguments.as_slice() {
                [Json::String(text), Json::Object(own)] => self.substitute(text, own),
                _ => Err(malformed(name)),
            },
            (IntrinsicFunction::Join, Json::Array(arguments)) => match arguments.as_slice() {
                [Json::String(delimiter), items] => match self.resolve(items)? {
                    Json::Array(items) => Ok(texts(&items, name)?.join(delimiter).into()),
                    _ => Err(malformed(name)),
                },
                _ => Err(malformed(name)),
            },
            (IntrinsicFunction::Base64, text) => match self.resolve(text)? {
                Json::String(text) => Ok(encode_base64(text.as_bytes()).into()),
                _ => Err(malformed(name)),
            },
            _ => Err(unknown()),
        }
    }

    fn look_up(&self, name: &str) -> Result<Json, Diagnostic> {
        self.0.get(name).cloned().ok_or_else(|| {
            let mut known: Vec<&str> = self.0.keys().map(String::as_str).collect();
            known.sort_unstable();
            Diagnostic::new(format!("unknown name `{name}`"))
                .maybe_help(suggest::did_you_mean(name, known))
        })
    }

    /// `${Name}` and `${Name.Attribute}` replaced; `${!literal}` loses its exclamation mark.
    fn substitute(&self, text: &str, own: &Object) -> Result<Json, Diagnostic> {
        let mut parts = text.split("${");
        let mut result = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let Some((variable, rest)) = part.split_once('}') else {
                result.push_str("${");
                result.push_str(part);
                continue;
            };
            if let Some(literal) = variable.strip_prefix('!') {
                result.push_str("${");
                result.push_str(literal);
                result.push('}');
            } else {
                let name = variable.trim();
                let value = match own.get(name) {
                    Some(value) => self.resolve(value)?,
                    None => self.look_up(name)?,
                };
                result.push_str(
                    &text_of(&value).ok_or_else(|| malformed(IntrinsicFunction::Sub.name()))?,
                );
            }
            result.push_str(rest);
        }
        Ok(result.into())
    }
}

fn texts(items: &[Json], function: &str) -> Result<Vec<String>, Diagnostic> {
    items
        .iter()
        .map(|item| text_of(item).ok_or_else(|| malformed(function)))
        .collect()
}

/// The conversion of a value to a string, as by CloudFormation.
fn text_of(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.to_string()),
        Json::Integer(number) => Some(number.to_string()),
        Json::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn malformed(function: &str) -> Diagnostic {
    Diagnostic::new(format!("invalid arguments of `{function}`"))
}

/// Bytes in Base64: RFC 4648, section 4.
///
/// ```
/// assert_eq!(vsc_core::template::encode_base64(b"fo"), "Zm8=");
/// ```
pub fn encode_base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_u32, |group, byte| (group << 8) | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for position in 0..4 {
            let letter = ALPHABET
                .get((group >> (18 - 6 * position)) as usize & 63)
                .copied()
                .filter(|_| position <= chunk.len());
            text.push(char::from(letter.unwrap_or(b'=')));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::intrinsic::{base64 as base64_of, get_att, join, reference, sub_with};

    fn known() -> Known {
        Known::default()
            .with("AWS::Region", "eu-west-1")
            .with("Password", "arn:secret")
            .with("Host.Arn", "arn:host")
    }

    #[test]
    fn nested_functions_are_evaluated() {
        let value = Json::object([
            ("password", reference::<String>("Password").into_json()),
            (
                "host",
                Json::array([get_att::<String>("Host", "Arn").into_json()]),
            ),
            (
                "list",
                join(
                    ":",
                    [reference::<String>("AWS::Region"), reference("Password")],
                )
                .into_json(),
            ),
            (
                "own",
                sub_with(
                    "${Name} ${AWS::Region}",
                    [("Name", reference::<String>("Password"))],
                )
                .into_json(),
            ),
        ]);
        let resolved = known().resolve(&value).expect("all is known");
        let expected = Json::object([
            ("password", Json::from("arn:secret")),
            ("host", Json::array(["arn:host"])),
            ("list", Json::from("eu-west-1:arn:secret")),
            ("own", Json::from("arn:secret eu-west-1")),
        ]);
        assert_eq!(resolved, expected);
    }

    #[test]
    fn base64_is_padded() {
        for (text, encoded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v")] {
            let value = base64_of(text).into_json();
            assert_eq!(known().resolve(&value), Ok(Json::from(encoded)), "{text}");
        }
    }

    #[test]
    fn unknown_names_are_reported() {
        let reported = known().resolve(reference::<String>("Pasword").json());
        let reported = reported.expect_err("it is misspelt").to_string();
        assert!(reported.contains("unknown name `Pasword`"), "{reported}");
        assert!(reported.contains("Password"), "{reported}");
        assert!(known().resolve(&Json::object([("Fn::Cidr", "x")])).is_err());
    }
}
