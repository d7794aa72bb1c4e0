//! The value of a plain scalar of YAML.

use super::{DocumentValue, YamlSchema};

/// The value of a scalar without quotes and without a tag.
pub fn plain(schema: YamlSchema, text: &str) -> DocumentValue {
    match (schema, text) {
        (_, "" | "~" | "null" | "Null" | "NULL") => DocumentValue::Null,
        (_, "true" | "True" | "TRUE")
        | (YamlSchema::CloudFormation, "yes" | "Yes" | "YES" | "on" | "On" | "ON") => {
            DocumentValue::Bool(true)
        }
        (_, "false" | "False" | "FALSE")
        | (YamlSchema::CloudFormation, "no" | "No" | "NO" | "off" | "Off" | "OFF") => {
            DocumentValue::Bool(false)
        }
        (YamlSchema::Core, text) => {
            core_number(text).unwrap_or_else(|| DocumentValue::Text(text.to_owned()))
        }
        (YamlSchema::CloudFormation, text) => {
            number(text).unwrap_or_else(|| DocumentValue::Text(text.to_owned()))
        }
    }
}

fn core_number(text: &str) -> Option<DocumentValue> {
    if let Ok(number) = text.parse() {
        return Some(DocumentValue::Integer(number));
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    // Rust also accepts `inf` and `nan`. An integer that is too long stays a string of digits.
    let is_fraction = digits.starts_with(['.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        && !digits.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_fraction).map(finite)
}

/// A number, if a double can represent it.
pub fn finite(number: f64) -> DocumentValue {
    if number.is_finite() {
        DocumentValue::Number(number)
    } else {
        DocumentValue::Other("a number that is too large")
    }
}

/// A number of YAML 1.1: <https://yaml.org/type/int.html>, <https://yaml.org/type/float.html>.
pub fn number(text: &str) -> Option<DocumentValue> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    match digits {
        ".inf" | ".Inf" | ".INF" => return Some(DocumentValue::Other("an infinite number")),
        ".nan" | ".NaN" | ".NAN" => return Some(DocumentValue::Other("not a number")),
        _ => {}
    }
    whole(sign, digits).or_else(|| fraction(sign, digits))
}

fn whole(sign: &str, digits: &str) -> Option<DocumentValue> {
    if digits.contains(':') {
        let number = base_60(digits)?;
        return Some(DocumentValue::Integer(if sign.is_empty() {
            number
        } else {
            -number
        }));
    }
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x', ..] => (16, &digits[2..]),
        [b'0', b'b', ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    let is_digit = |digit: char| digit.is_digit(radix);
    if !digits.starts_with(is_digit) {
        return None;
    }
    let plain: String = digits.chars().filter(|digit| *digit != '_').collect();
    if !plain.chars().all(is_digit) {
        return None;
    }
    match i64::from_str_radix(&format!("{sign}{plain}"), radix) {
        Ok(number) => Some(DocumentValue::Integer(number)),
        // Beyond 64 bits it stays a string of digits: CloudFormation accepts them as a number.
        Err(_) if radix == 10 => Some(DocumentValue::Text(format!("{sign}{plain}"))),
        Err(_) => Some(DocumentValue::Other("a number that is too large")),
    }
}

/// `1:30` is ninety: hours, minutes and seconds, or a misread pair of ports.
fn base_60(digits: &str) -> Option<i64> {
    let mut parts = digits.split(':');
    let first = parts.next()?;
    if first.starts_with('0') || !first.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut number: i64 = first.parse().ok()?;
    for part in parts {
        let value: i64 = match part.as_bytes() {
            [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'] => part.parse().ok()?,
            _ => return None,
        };
        number = number.checked_mul(60)?.checked_add(value)?;
    }
    Some(number)
}

/// A number with a point. YAML 1.1 requires the point, and the sign of an exponent.
fn fraction(sign: &str, digits: &str) -> Option<DocumentValue> {
    let (before, after) = digits.split_once('.')?;
    let (after, exponent) = match after.split_once(['e', 'E']) {
        Some((after, exponent)) => (after, Some(exponent)),
        None => (after, None),
    };
    let is_exponent = |text: &str| {
        let digits = text.strip_prefix(['+', '-']).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    let has_digits = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
    let right = exponent.is_none_or(is_exponent)
        && (has_digits(before) || (before.is_empty() && has_digits(after)));
    if !right {
        return None;
    }
    let plain: String = digits.chars().filter(|digit| *digit != '_').collect();
    format!("{sign}{plain}").parse().ok().map(finite)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> DocumentValue {
        plain(YamlSchema::CloudFormation, text)
    }

    fn is_text(text: &str) -> bool {
        read(text) == DocumentValue::Text(text.to_owned())
    }

    #[test]
    fn booleans_have_many_names_in_a_template() {
        assert_eq!(read("on"), DocumentValue::Bool(true));
        assert_eq!(read("No"), DocumentValue::Bool(false));
        assert!(is_text("y"));
        assert!(is_text("oN"));
        assert_eq!(
            plain(YamlSchema::Core, "on"),
            DocumentValue::Text("on".to_owned())
        );
    }

    #[test]
    fn numbers_are_those_of_yaml_1_1() {
        assert_eq!(read("0"), DocumentValue::Integer(0));
        assert_eq!(read("-12_000"), DocumentValue::Integer(-12_000));
        assert_eq!(read("010"), DocumentValue::Integer(8));
        assert_eq!(read("0x1F"), DocumentValue::Integer(31));
        assert_eq!(read("0b101"), DocumentValue::Integer(5));
        assert_eq!(read("22:22"), DocumentValue::Integer(1342));
        assert_eq!(read("1.50"), DocumentValue::Number(1.5));
        assert_eq!(read("1.5e+3"), DocumentValue::Number(1500.0));
        assert_eq!(read("-.5"), DocumentValue::Number(-0.5));
        assert_eq!(read("-.inf"), DocumentValue::Other("an infinite number"));
    }

    #[test]
    fn every_digit_of_a_large_number_counts() {
        let text = |text: &str| DocumentValue::Text(text.to_owned());
        assert_eq!(
            read("9223372036854775807"),
            DocumentValue::Integer(i64::MAX)
        );
        assert_eq!(
            read("-9223372036854775808"),
            DocumentValue::Integer(i64::MIN)
        );
        assert_eq!(
            read("-0x8000000000000000"),
            DocumentValue::Integer(i64::MIN)
        );
        assert_eq!(read("9223372036854775808"), text("9223372036854775808"));
        assert_eq!(
            read("-18_446_744_073_709_551_617"),
            text("-18446744073709551617")
        );
        let long = "9".repeat(400);
        assert_eq!(read(&long), text(&long));
        assert_eq!(plain(YamlSchema::Core, &long), text(&long));
        let large = DocumentValue::Other("a number that is too large");
        assert_eq!(read("0xffffffffffffffff"), large);
        assert_eq!(read("1.0e+400"), large);
        assert_eq!(plain(YamlSchema::Core, "1e400"), large);
        assert_eq!(plain(YamlSchema::Core, "1.5"), DocumentValue::Number(1.5));
    }

    #[test]
    fn what_only_looks_like_a_number_is_text() {
        for text in [
            "2010-09-09",
            "012345678901",
            "1e3",
            "1.5e3",
            "10.0.0.0/16",
            "0:22",
            "22:99",
            "1.2.3",
            "-",
            "+",
            ".",
            "0x",
            "3.x",
            "_1",
        ] {
            assert!(is_text(text), "{text} is {:?}", read(text));
        }
    }
}
