//! Words of messages.

use std::path::Path;

use vsc_spec::visible::one_line;

/// A path in a message, on one line.
pub(crate) fn shown(path: impl AsRef<Path>) -> String {
    one_line(&path.as_ref().to_string_lossy()).into_owned()
}

/// A number with thousands separators: `61,358`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (5_242_880, "5,242,880"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
