//! JSON: RFC 8259.

use vsc_spec::Finding;

use super::node::{DEEPEST, Entry, Located, Node, line_of, malformed, twice};

type Outcome<T> = Result<T, (usize, Finding)>;

pub(super) fn parse(text: &str) -> Outcome<Located> {
    let mut reader = Reader { text, at: 0 };
    if reader.peek().is_none() {
        return Ok(Located {
            line: 1,
            node: Node::Nothing,
        });
    }
    let value = reader.value(0)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(reader.unexpected("the end of the file")),
    }
}

struct Reader<'a> {
    text: &'a str,
    /// The next byte; it begins a character.
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn line(&self) -> usize {
        line_of(self.text, self.at)
    }

    /// The next character that is no white space.
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

    fn unexpected(&mut self, wanted: &str) -> (usize, Finding) {
        let message = match self.peek() {
            Some(found) => format!("expected {wanted}, and there is `{found}`"),
            None => format!("expected {wanted}, and the file ends"),
        };
        malformed("JSON", self.line(), &message)
    }

    fn value(&mut self, depth: usize) -> Outcome<Located> {
        let first = self.peek();
        let line = self.line();
        if depth > DEEPEST {
            let message = "its lists stand too deep in each other";
            return Err(malformed("a file of users", line, message));
        }
        let node = match first {
            Some('{') => Node::Table(self.entries(depth)?),
            Some('[') => {
                let mut items = Vec::new();
                self.items('[', ']', |reader| {
                    items.push(reader.value(depth + 1)?);
                    Ok(())
                })?;
                Node::List(items)
            }
            Some('"') => Node::Text(self.string()?),
            _ => self.word()?,
        };
        Ok(Located { line, node })
    }

    fn entries(&mut self, depth: usize) -> Outcome<Vec<Entry>> {
        let mut entries: Vec<Entry> = Vec::new();
        self.items('{', '}', |reader| {
            if reader.peek() != Some('"') {
                return Err(reader.unexpected("the name of a field in double quotes"));
            }
            let line = reader.line();
            let name = reader.string()?;
            if entries.iter().any(|entry| entry.name == name) {
                return Err(twice(&name, line));
            }
            if !reader.take(':') {
                return Err(reader.unexpected("`:`"));
            }
            let value = reader.value(depth + 1)?;
            entries.push(Entry { name, line, value });
            Ok(())
        })?;
        Ok(entries)
    }

    /// What stands between two brackets, with commas between.
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

    /// A number, or one of the three words.
    fn word(&mut self) -> Outcome<Node> {
        let part = |letter: char| letter.is_ascii_alphanumeric() || "+-.".contains(letter);
        let rest = self.rest();
        let word = &rest[..rest.find(|letter| !part(letter)).unwrap_or(rest.len())];
        let node = match word {
            "null" => Node::Nothing,
            "true" | "false" => Node::Other("a boolean"),
            word if word.starts_with(|first: char| first == '-' || first.is_ascii_digit()) => {
                match word.parse() {
                    Ok(number) => Node::Number(number),
                    Err(_) => return Err(self.unexpected("a number")),
                }
            }
            _ => return Err(self.unexpected("a value")),
        };
        self.at += word.len();
        Ok(node)
    }

    fn string(&mut self) -> Outcome<String> {
        let open = self.at;
        self.at += 1;
        let mut string = String::new();
        loop {
            let rest = self.rest();
            let end = rest.find(['"', '\\', '\n']).unwrap_or(rest.len());
            string.push_str(&rest[..end]);
            self.at += end;
            match self.rest().chars().next() {
                Some('"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some('\\') => string.push(self.escape()?),
                _ => {
                    let line = line_of(self.text, open);
                    return Err(malformed("JSON", line, "the string does not end"));
                }
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
        self.at += 2;
        escaped.ok_or_else(|| malformed("JSON", self.line(), "there is no such escape"))
    }

    /// `\u0041`, or two of them for a character beyond the first 65,536.
    fn unicode(&mut self) -> Outcome<char> {
        let mut units = Vec::new();
        while let Some(digits) = self.rest().strip_prefix("\\u")
            && let Some(unit) = digits
                .get(..4)
                .and_then(|digits| u16::from_str_radix(digits, 16).ok())
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
        Err(malformed("JSON", self.line(), "there is no such escape"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        match parse(text) {
            Ok(_) => "it is read".to_owned(),
            Err((line, finding)) => format!("{line}: {}", finding.why.unwrap_or_default()),
        }
    }

    #[test]
    fn what_is_json_is_read() {
        let text =
            r#"{"users": [{"name": "al\u0069ce", "cpus": -1.5e1, "x": [null, true, {}, []]}]}"#;
        let Node::Table(entries) = parse(text).unwrap().node else {
            panic!("it is a table");
        };
        let Node::List(users) = &entries[0].value.node else {
            panic!("it is a list");
        };
        let Node::Table(fields) = &users[0].node else {
            panic!("it is a table");
        };
        assert!(matches!(&fields[0].value.node, Node::Text(name) if name == "alice"));
        assert!(matches!(fields[1].value.node, Node::Number(cpus) if cpus < 0.0));
        assert_eq!(told("\"\\ud83d\\ude00 \\n\""), "it is read");
        assert_eq!(told(""), "it is read");
    }

    #[test]
    fn what_is_no_json_is_told_with_its_line() {
        assert_eq!(told("[\n1,\n]"), "3: expected a value, and there is `]`");
        assert_eq!(
            told("[\"a\"\n\"b\"]"),
            "2: expected `,` or `]`, and there is `\"`"
        );
        assert_eq!(
            told("{users: 1}"),
            "1: expected the name of a field in double quotes, and there is `u`"
        );
        assert_eq!(
            told("[1] [2]"),
            "1: expected the end of the file, and there is `[`"
        );
        assert_eq!(told("[\"a"), "1: the string does not end");
        assert_eq!(told("[\"\\x\"]"), "1: there is no such escape");
        assert_eq!(told("[1"), "1: expected `,` or `]`, and the file ends");
        assert_eq!(told("{\"a\" 1}"), "1: expected `:`, and there is `1`");
        assert_eq!(told("[- 1]"), "1: expected a number, and there is `-`");
    }
}
