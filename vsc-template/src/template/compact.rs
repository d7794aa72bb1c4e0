//! Templates without white space.

use vsc_spec::Json;

use super::write_ascii_json;

/// JSON in ASCII without white space. Outside strings the JSON writer uses white space only to
/// indent, and inside them it escapes line breaks.
pub fn compact(json: &Json) -> String {
    let text = write_ascii_json(json);
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
