//! The lines and fields of CSV: RFC 4180.

use vsc_spec::Diagnostic;

/// A record and the line in which it begins.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) fields: Vec<Field>,
}

/// A trimmed field, and the line in which it begins.
pub(super) struct Field {
    pub(super) line: usize,
    pub(super) text: String,
}

/// The records, without blank ones, and the error at which parsing stops.
pub(super) fn rows(text: &str) -> (Vec<Row>, Option<(usize, Diagnostic)>) {
    let mut reader = Reader {
        rest: text,
        line: 1,
    };
    let mut rows = Vec::new();
    while !reader.rest.is_empty() {
        match reader.row() {
            Ok(row) if row.fields.iter().all(|field| field.text.is_empty()) => {}
            Ok(row) => rows.push(row),
            Err(error) => return (rows, Some(error)),
        }
    }
    (rows, None)
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

type Outcome<T> = Result<T, (usize, Diagnostic)>;

impl Reader<'_> {
    fn row(&mut self) -> Outcome<Row> {
        let line = self.line;
        let mut fields = Vec::new();
        loop {
            let start = self.line;
            let text = self.field()?;
            fields.push(Field { line: start, text });
            match self.next() {
                Some(',') => {}
                // The end of the line, or of the file.
                _ => return Ok(Row { line, fields }),
            }
        }
    }

    fn field(&mut self) -> Outcome<String> {
        let blank = self.rest.trim_start_matches([' ', '\t']);
        if blank.starts_with('"') {
            self.rest = blank;
            return self.quoted();
        }
        let end = self.rest.find([',', '\n', '\r']);
        let (field, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        Ok(field.trim().to_owned())
    }

    /// A quoted field, in which `""` is a quote.
    fn quoted(&mut self) -> Outcome<String> {
        let start = self.line;
        let mut text = String::new();
        self.next();
        loop {
            match self.next() {
                Some('"') if self.rest.starts_with('"') => {
                    self.next();
                    text.push('"');
                }
                Some('"') => break,
                Some(letter) => text.push(letter),
                None => {
                    let diagnostic = Diagnostic::new("the quote is not closed");
                    return Err((start, diagnostic.help("add `\"` at the end of the field")));
                }
            }
        }
        self.rest = self.rest.trim_start_matches([' ', '\t']);
        if self.rest.is_empty() || self.rest.starts_with([',', '\n', '\r']) {
            return Ok(text.trim().to_owned());
        }
        let diagnostic = Diagnostic::new("expected `,` after the closing quote")
            .help("write `\"\"` for a quote in a field");
        Err((self.line, diagnostic))
    }

    /// Takes a character; a line break of any kind is `\n`.
    fn next(&mut self) -> Option<char> {
        let mut letters = self.rest.chars();
        let letter = letters.next()?;
        self.rest = letters.as_str();
        match letter {
            '\r' | '\n' => {
                if letter == '\r' {
                    self.rest = self.rest.strip_prefix('\n').unwrap_or(self.rest);
                }
                self.line += 1;
                Some('\n')
            }
            letter => Some(letter),
        }
    }
}
