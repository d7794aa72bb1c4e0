//! Simple patterns in words.

/// A pattern in words, and what to write instead if that is obvious; `None` where only the pattern
/// itself describes it.
pub(super) fn in_words(pattern: &str, text: &str) -> Option<(String, Option<String>)> {
    if let Some(suffix) = suffix(pattern) {
        let note = match suffix.as_str() {
            ".fifo" => "names of FIFO queues and topics end in `.fifo`".to_owned(),
            suffix => format!("it must end in `{suffix}`"),
        };
        return Some((note, Some(format!("write {:?}", format!("{text}{suffix}")))));
    }
    Some((format!("use {}", characters(pattern)?), None))
}

/// The fixed end of an otherwise free pattern: `^.*\.fifo$`.
fn suffix(pattern: &str) -> Option<String> {
    let rest = pattern.strip_suffix('$')?;
    let rest = rest
        .strip_prefix("^.*")
        .or_else(|| rest.strip_prefix("^.+"))
        .or_else(|| rest.strip_prefix(".*"))?;
    literal(rest)
}

/// The literal of a pattern in which only dots are escaped.
fn literal(pattern: &str) -> Option<String> {
    let text = pattern.replace("\\.", ".");
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_/.:".contains(&byte);
    let dots = pattern.matches("\\.").count();
    let plain = !text.is_empty() && text.bytes().all(is_plain);
    (plain && pattern.matches('.').count() == dots).then_some(text)
}

/// The characters of a pattern of one class: `^[\w+=,.@-]+$`.
fn characters(pattern: &str) -> Option<String> {
    let inner = pattern.strip_prefix("^[")?.strip_suffix('$')?;
    let end = end_of_class(inner)?;
    let (class, quantifier) = (&inner[..end], &inner[end + 1..]);
    let count = match quantifier {
        "+" | "*" => None,
        _ => Some(counted(quantifier)?),
    };
    let characters = class_in_words(class)?;
    Some(match count {
        None => characters,
        Some(count) => format!("{characters}, {count}"),
    })
}

/// The end of a class: its first unescaped bracket.
fn end_of_class(pattern: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in pattern.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return Some(at),
            '[' => return None,
            _ => {}
        }
    }
    None
}

/// `{1,64}` as `1 to 64 characters`.
fn counted(quantifier: &str) -> Option<String> {
    let inner = quantifier.strip_prefix('{')?.strip_suffix('}')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match inner.split_once(',') {
        None => is_number(inner).then(|| format!("{inner} characters")),
        Some((least, "")) => is_number(least).then(|| format!("at least {least} characters")),
        Some((least, most)) => {
            (is_number(least) && is_number(most)).then(|| format!("{least} to {most} characters"))
        }
    }
}

/// `\w+=,.@-` as `letters, digits and _+=,.@-`.
fn class_in_words(class: &str) -> Option<String> {
    let (mut words, mut others) = (Vec::new(), String::new());
    let mut rest = class;
    if rest.starts_with('^') {
        return None;
    }
    while !rest.is_empty() {
        let known = [
            ("a-zA-Z", "letters"),
            ("A-Za-z", "letters"),
            ("a-z", "a–z"),
            ("A-Z", "A–Z"),
            ("0-9", "digits"),
            ("\\d", "digits"),
            ("a-f", "a–f"),
            ("A-F", "A–F"),
        ];
        if let Some((range, word)) = known.iter().find(|(range, _)| rest.starts_with(range)) {
            words.push((*word).to_owned());
            rest = &rest[range.len()..];
        } else if let Some(after) = rest.strip_prefix("\\w") {
            words.extend(["letters".to_owned(), "digits".to_owned()]);
            others.push('_');
            rest = after;
        } else if let Some(after) = rest.strip_prefix("\\s").or_else(|| rest.strip_prefix(' ')) {
            words.push("spaces".to_owned());
            rest = after;
        } else {
            rest = other(rest, &mut others)?;
        }
    }
    words.dedup();
    if !others.is_empty() {
        words.push(others);
    }
    let last = words.pop()?;
    Some(if words.is_empty() {
        last
    } else {
        format!("{} and {last}", words.join(", "))
    })
}

/// Takes a literal character from the start of a class; returns what follows it.
fn other<'a>(class: &'a str, others: &mut String) -> Option<&'a str> {
    let mut characters = class.chars();
    let mut first = characters.next()?;
    if first == '\\' {
        first = characters.next().filter(char::is_ascii_punctuation)?;
    }
    let rest = characters.as_str();
    // Other ranges are not described.
    let is_range = rest.starts_with('-') && rest.len() > 1;
    let is_plain = first.is_ascii_punctuation() || first.is_ascii_alphanumeric();
    if is_range || !is_plain {
        return None;
    }
    others.push(first);
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(pattern: &str) -> Option<String> {
        in_words(pattern, "x").map(|(note, _)| note)
    }

    #[test]
    fn simple_patterns_have_words() {
        for (pattern, words) in [
            (r"^[\w+=,.@-]+$", "use letters, digits and _+=,.@-"),
            (
                "^[a-zA-Z0-9_-]{1,64}$",
                "use letters, digits and _-, 1 to 64 characters",
            ),
            (r"^[a-z0-9\-]+$", "use a–z, digits and -"),
            ("^[A-Za-z]*$", "use letters"),
            ("^[A-Z]{2}$", "use A–Z, 2 characters"),
            (r"^[\d]{3,}$", "use digits, at least 3 characters"),
            ("^[a-fA-F0-9]+$", "use a–f, A–F and digits"),
            (r"^[a-z \s]+$", "use a–z and spaces"),
            (r"^[a-zA-Z0-9\d]+$", "use letters and digits"),
            ("^[_]+$", "use _"),
            (r"^[a-z\]\[]+$", "use a–z and ]["),
            ("^[-a-z]+$", "use a–z and -"),
            ("^[xyz+-]+$", "use xyz+-"),
            ("^.+-suffix$", "it must end in `-suffix`"),
            (r".*\.tar\.gz$", "it must end in `.tar.gz`"),
        ] {
            assert_eq!(note(pattern).as_deref(), Some(words), "{pattern}");
        }
        assert_eq!(
            in_words(r"^.*\.fifo$", "orders"),
            Some((
                "names of FIFO queues and topics end in `.fifo`".to_owned(),
                Some("write \"orders.fifo\"".to_owned())
            ))
        );
    }

    #[test]
    fn other_patterns_have_no_words() {
        for pattern in [
            r"^[^a]+$",
            "^a|b$",
            "^[!-~]+$",
            "^[--a]+$",
            r"^[\--a]+$",
            "^(a)[b]+$",
            r"^.*a.b$",
            "^.*a+$",
            "^.*$",
            "^.*a",
            "^[a]+[b]$",
            "^[a[]+$",
            "^[]+$",
            "^[ab$",
            r"^[ab\]+$",
            r"^[a-z\n]+$",
            "^[a-zä]+$",
            "^[a]{}$",
            "^[a]{b}$",
            "^[a]{1,b}$",
            "^[a]{b,1}$",
            "^[a]{,1}$",
            "^[a]?$",
            "[a]+$",
            "^[a]+",
        ] {
            assert_eq!(note(pattern), None, "{pattern}");
        }
    }
}
