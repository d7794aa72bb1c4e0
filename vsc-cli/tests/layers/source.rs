//! A source file: its code without comments, strings and tests, and the paths in it.

/// A source file of the program.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// Its path below `src`.
    pub(crate) path: String,
    /// The module that it is.
    pub(crate) module: Vec<String>,
    /// The modules that it declares for tests alone.
    pub(crate) test_modules: Vec<String>,
    /// The paths in it, and the lines in which they begin.
    pub(crate) paths: Vec<(usize, Vec<String>)>,
}

impl SourceFile {
    /// Reads a file.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let (code, test_modules) = without_tests(&code(text));
        Self {
            path: path.to_owned(),
            module: module(path),
            test_modules,
            paths: paths(&code),
        }
    }
}

/// The module of a file: `aws/call/mod.rs` is `aws::call`.
fn module(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs");
    let mut names: Vec<String> = path.split('/').map(str::to_owned).collect();
    match names.last().map(String::as_str) {
        Some("mod") => drop(names.pop()),
        Some("main") if names.len() == 1 => names.clear(),
        _ => {}
    }
    names
}

/// The code with blanks for comments and for the contents of strings and character literals, so that
/// lines stay where they are.
fn code(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = |index: usize| letters.get(index).copied().unwrap_or('\0');
    let mut out = String::with_capacity(text.len());
    let mut index = 0;
    while index < letters.len() {
        let end = match (at(index), at(index + 1)) {
            ('/', '/') => {
                let rest = letters[index..].iter().position(|it| *it == '\n');
                rest.map_or(letters.len(), |length| index + length)
            }
            ('/', '*') => {
                let rest = letters[index..]
                    .windows(2)
                    .position(|two| two == ['*', '/']);
                rest.map_or(letters.len(), |length| index + length + 2)
            }
            ('r', '"' | '#') if !is_word(at(index.wrapping_sub(1))) => {
                raw_string(&letters, index).unwrap_or(index)
            }
            ('"', _) => string(&letters, index),
            ('\'', '\\') => {
                let rest = letters[index + 3..].iter().position(|it| *it == '\'');
                rest.map_or(letters.len(), |length| index + length + 4)
            }
            ('\'', _) if at(index + 2) == '\'' => index + 3,
            _ => index,
        };
        if end == index {
            out.push(at(index));
            index += 1;
            continue;
        }
        let blanks = letters[index..end].iter();
        out.extend(blanks.map(|letter| if *letter == '\n' { '\n' } else { ' ' }));
        index = end;
    }
    out
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The end of the string that begins here.
fn string(letters: &[char], start: usize) -> usize {
    let mut index = start + 1;
    while index < letters.len() {
        match letters[index] {
            '\\' => index += 2,
            '"' => return index + 1,
            _ => index += 1,
        }
    }
    letters.len()
}

/// The end of the raw string that begins here, if it is one.
fn raw_string(letters: &[char], start: usize) -> Option<usize> {
    let hashes = letters[start + 1..].iter().take_while(|it| **it == '#');
    let hashes = hashes.count();
    if letters.get(start + 1 + hashes) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"')
        .chain(std::iter::repeat_n('#', hashes))
        .collect();
    let begin = start + 2 + hashes;
    let rest = letters.get(begin..)?;
    let length = rest.windows(end.len()).position(|part| part == end);
    Some(length.map_or(letters.len(), |length| begin + length + end.len()))
}

/// The code with blanks for items of tests, and the modules among these that are files.
fn without_tests(code: &str) -> (String, Vec<String>) {
    let mut out = code.to_owned();
    let mut modules = Vec::new();
    for mark in ["#[cfg(test)]", "#[cfg(all(test,"] {
        while let Some(start) = out.find(mark) {
            let rest = &out[start..];
            // The item ends with its block, or without one.
            let open = rest.find('{').unwrap_or(rest.len());
            let semicolon = rest.find(';').unwrap_or(rest.len());
            let length = if semicolon < open {
                let item = rest[..semicolon].trim_end();
                if let Some((_, name)) = item.rsplit_once("mod ") {
                    modules.push(name.trim().to_owned());
                }
                semicolon + 1
            } else {
                block(rest, open)
            };
            let blank: String = rest[..length]
                .chars()
                .map(|letter| if letter == '\n' { '\n' } else { ' ' })
                .collect();
            out.replace_range(start..start + length, &blank);
        }
    }
    (out, modules)
}

/// The end of the block that opens here.
fn block(text: &str, open: usize) -> usize {
    let mut depth = 0_usize;
    for (index, letter) in text[open..].char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return open + index + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// All paths of several names: `a::b::c`, and each of `a::{b, c::d}`.
fn paths(code: &str) -> Vec<(usize, Vec<String>)> {
    let letters: Vec<char> = code.chars().collect();
    let mut found = Vec::new();
    let mut index = 0;
    let mut line = 1;
    while index < letters.len() {
        let letter = letters[index];
        let begins = is_word(letter) && (index == 0 || !is_word(letters[index - 1]));
        // The middle of a path is no path.
        let follows = index >= 2 && letters[index - 2..index] == [':', ':'];
        if begins && !follows {
            let mut reader = Reader {
                letters: &letters,
                index,
                line,
                found: Vec::new(),
            };
            reader.path(&mut Vec::new());
            found.extend(reader.found.into_iter().filter(|(_, path)| path.len() > 1));
        }
        line += usize::from(letter == '\n');
        index += 1;
    }
    found
}

/// Reads a path with everything in its braces.
struct Reader<'a> {
    letters: &'a [char],
    index: usize,
    line: usize,
    found: Vec<(usize, Vec<String>)>,
}

impl Reader<'_> {
    fn peek(&self) -> char {
        self.letters.get(self.index).copied().unwrap_or('\0')
    }

    fn advance(&mut self) {
        self.line += usize::from(self.peek() == '\n');
        self.index += 1;
    }

    fn spaces(&mut self) {
        while self.peek().is_whitespace() {
            self.advance();
        }
    }

    fn path(&mut self, before: &mut Vec<String>) {
        let line = self.line;
        let mut name = String::new();
        while is_word(self.peek()) {
            name.push(self.peek());
            self.advance();
        }
        before.push(name);
        let is_continued = self.peek() == ':' && self.letters.get(self.index + 1) == Some(&':');
        if !is_continued {
            self.found.push((line, before.clone()));
            before.pop();
            return;
        }
        self.index += 2;
        match self.peek() {
            '{' => {
                self.advance();
                loop {
                    self.spaces();
                    match self.peek() {
                        letter if is_word(letter) => self.path(before),
                        '}' | '\0' => break,
                        // A comma, a star, or a new name.
                        _ => self.advance(),
                    }
                }
                self.advance();
            }
            letter if is_word(letter) => self.path(before),
            // A star, or generic arguments.
            _ => self.found.push((line, before.clone())),
        }
        before.pop();
    }
}
