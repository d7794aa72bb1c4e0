//! JSON: RFC 8259.

use super::{
    DocumentNode, DocumentValue, Entry, Mistake, Names, Position, ReadOptions, Span, ends_line,
};

type Outcome<T> = Result<T, Mistake>;

/// Reads a document. An empty one is `null`.
///
/// # Errors
///
/// When it is not JSON, nested too deeply, or has a name twice in one object.
pub fn read(text: &str, format: &ReadOptions) -> Result<DocumentNode, Mistake> {
    let mut reader = Reader {
        text,
        at: 0,
        position: (0, Position { line: 1, column: 1 }),
        format,
    };
    if reader.peek().is_none() {
        return Ok(DocumentNode::new(Span::line(1), DocumentValue::Null));
    }
    let value = reader.value(0)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.unexpected("the end of the file")),
    }
}

struct Reader<'a> {
    text: &'a str,
    /// The index of the next byte, which begins a character.
    at: usize,
    /// A byte that was read already, and its position.
    position: (usize, Position),
    format: &'a ReadOptions,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// The position of the next byte.
    fn position(&mut self) -> Position {
        let (from, mut position) = self.position;
        for (at, _) in self.text[from..self.at].char_indices() {
            if ends_line(self.text.as_bytes(), from + at) {
                position.line += 1;
                position.column = 1;
            } else {
                position.column += 1;
            }
        }
        self.position = (self.at, position);
        position
    }

    /// The next character that is not white space.
    fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.rest().chars().next()
    }

    /// Takes a character, if it is the next one.
    fn take(&mut self, wanted: char) -> bool {
        let there = self.peek() == Some(wanted);
        if there {
            self.at += wanted.len_utf8();
        }
        there
    }

    fn malformed(&mut self, message: &str) -> Mistake {
        Mistake::malformed("JSON", self.position(), message)
    }

    fn unexpected(&mut self, wanted: &str) -> Mistake {
        let message = match self.peek() {
            Some(found) => format!("expected {wanted}, found `{found}`"),
            None => format!("expected {wanted}, found the end of the file"),
        };
        self.malformed(&message)
    }

    fn value(&mut self, depth: usize) -> Outcome<DocumentNode> {
        let first = self.peek();
        let start = self.position();
        if depth > self.format.deepest {
            return Err(Mistake::too_deep(self.format, start));
        }
        let value = match first {
            Some('{') => DocumentValue::Table(self.entries(depth)?),
            Some('[') => {
                let mut items = Vec::new();
                self.items('[', ']', |reader| {
                    items.push(reader.value(depth + 1)?);
                    Ok(())
                })?;
                DocumentValue::List(items)
            }
            Some('"') => DocumentValue::Text(self.string()?),
            _ => self.word()?,
        };
        let end = match &value {
            DocumentValue::Table(_) | DocumentValue::List(_) => start,
            _ => self.position(),
        };
        Ok(DocumentNode::new(Span { start, end }, value))
    }

    fn entries(&mut self, depth: usize) -> Outcome<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut names = Names::default();
        self.items('{', '}', |reader| {
            if reader.peek() != Some('"') {
                return Err(reader.unexpected("a field name in double quotes"));
            }
            let start = reader.position();
            let name = reader.string()?;
            let end = reader.position();
            names.take(&name, start)?;
            if !reader.take(':') {
                return Err(reader.unexpected("`:`"));
            }
            let value = reader.value(depth + 1)?;
            let span = Span { start, end };
            entries.push(Entry { name, span, value });
            Ok(())
        })?;
        Ok(entries)
    }

    /// The items between two brackets, separated by commas.
    fn items(
        &mut self,
        open: char,
        close: char,
        mut item: impl FnMut(&mut Self) -> Outcome<()>,
    ) -> Outcome<()> {
        self.take(open);
        if self.take(close) {
            return Ok(());
        }
        loop {
            item(self)?;
            if self.take(close) {
                return Ok(());
            }
            if !self.take(',') {
                return Err(self.unexpected(&format!("`,` or `{close}`")));
            }
        }
    }

    /// A number, `null`, `true` or `false`.
    fn word(&mut self) -> Outcome<DocumentValue> {
        let part = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
        let rest = self.rest();
        let word = &rest[..rest.find(|letter| !part(letter)).unwrap_or(rest.len())];
        let value = match word {
            "null" => DocumentValue::Null,
            "true" => DocumentValue::Bool(true),
            "false" => DocumentValue::Bool(false),
            word if word.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                match number(word) {
                    Some(number) => number,
                    None => return Err(self.unexpected("a number")),
                }
            }
            _ => return Err(self.unexpected("a value")),
        };
        self.at += word.len();
        Ok(value)
    }

    fn string(&mut self) -> Outcome<String> {
        let open = self.position();
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = self.rest();
            let stops = |letter: char| matches!(letter, '"' | '\\' | '\0'..='\u{1f}');
            let end = rest.find(stops).unwrap_or(rest.len());
            string.push_str(&rest[..end]);
            self.at += end;
            match self.rest().chars().next() {
                Some('"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some('\\') => string.push(self.escape()?),
                Some(control) if !matches!(control, '\n' | '\r') => {
                    let code = u32::from(control);
                    let message = format!("control characters must be written as `\\u{code:04x}`");
                    return Err(self.malformed(&message));
                }
                _ => return Err(Mistake::malformed("JSON", open, "unterminated string")),
            }
        }
    }

    fn escape(&mut self) -> Outcome<char> {
        let letter = self.rest().chars().nth(1);
        let escaped = match letter {
            Some(same @ ('"' | '\\' | '/')) => Some(same),
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{c}'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('u') => return self.unicode(),
            _ => None,
        };
        match escaped {
            Some(letter) => {
                self.at += 2;
                Ok(letter)
            }
            None => Err(self.malformed("unknown escape sequence")),
        }
    }

    /// `\u0041`, or two of them for a character beyond the first 65,536.
    fn unicode(&mut self) -> Outcome<char> {
        let mut units = Vec::new();
        while let Some(digits) = self.rest().strip_prefix("\\u")
            && let Some(unit) = digits.get(..4).and_then(unit)
        {
            self.at += 6;
            units.push(unit);
            if let Some(Ok(letter)) = char::decode_utf16(units.iter().copied()).next() {
                return Ok(letter);
            }
            if units.len() == 2 {
                break;
            }
        }
        Err(self.malformed("unknown escape sequence"))
    }
}

/// Four hexadecimal digits, without the sign that Rust accepts.
fn unit(digits: &str) -> Option<u16> {
    let right = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    u16::from_str_radix(digits, 16).ok().filter(|_| right)
}

/// A number by RFC 8259, 6: Rust also accepts `007`, `1.` and `.5`.
fn number(word: &str) -> Option<DocumentValue> {
    if !is_number(word) {
        return None;
    }
    if let Ok(number) = word.parse() {
        return Some(DocumentValue::Integer(number));
    }
    // Beyond 64 bits it stays a string of digits: CloudFormation accepts them as a number.
    if !word.contains(['.', 'e', 'E']) {
        return Some(DocumentValue::Text(word.to_owned()));
    }
    word.parse().ok().map(super::scalar::finite)
}

fn is_number(word: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match word.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (word, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let exponent = exponent.map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::YamlSchema;

    const FORM: ReadOptions = ReadOptions {
        subject: "users file",
        deepest: 16,
        schema: YamlSchema::Core,
        repeated: None,
    };

    fn reported(text: &str) -> String {
        match read(text, &FORM) {
            Ok(_) => "it is read".to_owned(),
            Err(Mistake {
                position,
                diagnostic,
            }) => {
                let Position { line, column } = position;
                let note = diagnostic.note.unwrap_or(diagnostic.message);
                format!("{line}:{column}: {note}")
            }
        }
    }

    #[test]
    fn valid_json_is_read() {
        let text =
            r#"{"users": [{"name": "al\u0069ce", "cpus": -1.5e1, "x": [null, true, {}, []]}]}"#;
        let DocumentValue::Table(entries) = read(text, &FORM).unwrap().value else {
            panic!("it is a table");
        };
        let DocumentValue::List(users) = &entries[0].value.value else {
            panic!("it is a list");
        };
        let DocumentValue::Table(fields) = &users[0].value else {
            panic!("it is a table");
        };
        assert_eq!(
            fields[0].value.value,
            DocumentValue::Text("alice".to_owned())
        );
        assert_eq!(fields[1].value.value, DocumentValue::Number(-15.0));
        assert_eq!(reported("\"\\ud83d\\ude00 \\n\""), "it is read");
        assert_eq!(reported(""), "it is read");
    }

    #[test]
    fn everything_has_a_position() {
        let DocumentValue::Table(entries) = read("{\n  \"ä\": \"é\",\n\t\"b\": 12\n}", &FORM)
            .unwrap()
            .value
        else {
            panic!("it is a table");
        };
        let position = |span: Span| {
            let Span { start, end } = span;
            (start.line, start.column, end.column)
        };
        assert_eq!(position(entries[0].span), (2, 3, 6));
        assert_eq!(position(entries[0].value.span), (2, 8, 11));
        assert_eq!(position(entries[1].span), (3, 2, 5));
        assert_eq!(position(entries[1].value.span), (3, 7, 9));
    }

    #[test]
    fn numbers_are_those_of_json() {
        for right in ["0", "-0", "10", "0.5", "-1.50e+10", "1E3", "1e-3"] {
            assert_eq!(reported(right), "it is read", "{right}");
        }
        let read = |word| number(word).expect("it is a number");
        assert_eq!(
            read("-9223372036854775808"),
            DocumentValue::Integer(i64::MIN)
        );
        let large = "18446744073709551615";
        assert_eq!(read(large), DocumentValue::Text(large.to_owned()));
        assert!(matches!(read("1e400"), DocumentValue::Other(_)));
        for wrong in [
            "007", "-01", "00", "1.", "-.5", ".5", "1.e3", "1e", "1e+", "+1", "-", "1.5.2",
            "1e3e3", "--1", "1_0", "0x1", "inf", "nan", "-inf", "-NaN", "1-", "1+1",
        ] {
            assert_ne!(reported(wrong), "it is read", "{wrong}");
        }
    }

    #[test]
    fn strings_are_those_of_json() {
        assert_eq!(reported("\"\\u00eF\u{7f}\u{85}\u{2028}\""), "it is read");
        for wrong in [
            "\"\\u+041\"",
            "\"\\u004\"",
            "\"\\u00g0\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83d\\u0041\"",
            "\"\\ud83dx\"",
            "\"\\U0041\"",
            "\"\\'\"",
            "\"\\x41\"",
        ] {
            assert!(
                reported(wrong).ends_with("unknown escape sequence"),
                "{wrong}"
            );
        }
        for control in ('\0'..' ').filter(|letter| !"\n\r".contains(*letter)) {
            let code = u32::from(control);
            assert_eq!(
                reported(&format!("[\"a{control}\"]")),
                format!("1:4: control characters must be written as `\\u{code:04x}`")
            );
        }
        assert_eq!(reported("[\"a\rb\"]"), "1:2: unterminated string");
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        assert_eq!(
            reported("[1,\r\r\n2,\n"),
            "4:1: expected a value, found the end of the file"
        );
    }

    #[test]
    fn invalid_json_is_an_error_with_its_position() {
        assert_eq!(reported("[\n1,\n]"), "3:1: expected a value, found `]`");
        assert_eq!(
            reported("[\"a\"\n\"b\"]"),
            "2:1: expected `,` or `]`, found `\"`"
        );
        assert_eq!(
            reported("{users: 1}"),
            "1:2: expected a field name in double quotes, found `u`"
        );
        assert_eq!(
            reported("[1] [2]"),
            "1:5: expected the end of the file, found `[`"
        );
        assert_eq!(reported("[\"a"), "1:2: unterminated string");
        assert_eq!(reported("[\"\\x\"]"), "1:3: unknown escape sequence");
        assert_eq!(reported("[\"\\"), "1:3: unknown escape sequence");
        assert_eq!(
            reported("[1"),
            "1:3: expected `,` or `]`, found the end of the file"
        );
        assert_eq!(reported("{\"a\" 1}"), "1:6: expected `:`, found `1`");
        assert_eq!(reported("[- 1]"), "1:2: expected a number, found `-`");
        assert_eq!(
            reported("{\"a\": 1, \"a\": 2}"),
            "1:10: `a` is declared twice"
        );
    }
}
