//! The name of a crate.

use vsc_spec::Diagnostic;
use vsc_spec::resource::KEYWORDS;

/// Crates that exist already, or names that cargo reserves (The Cargo Book, "The `name` field").
const TAKEN: [&str; 12] = [
    "alloc",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "proc_macro",
    "proc-macro",
    "std",
    "test",
    "vsc",
    "vsc-core",
];

/// Checks the name of a config crate.
///
/// # Errors
///
/// When it is not a valid crate name. The help suggests one.
pub(crate) fn check(name: &str) -> Result<(), Diagnostic> {
    let rejected = |note: &str| {
        let diagnostic = Diagnostic::new(format!("invalid crate name `{name}`")).note(note);
        let suggestion = suggest(name);
        Err(diagnostic.help(format!("write `{suggestion}`")))
    };
    let mut letters = name.chars();
    let begins_well = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic());
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if !begins_well || !letters.all(is_plain) {
        return rejected(
            "a crate name consists of letters, digits, `-` and `_`, and begins with a letter",
        );
    }
    if name.chars().any(|letter| letter.is_ascii_uppercase()) {
        return rejected("a crate name is in lowercase");
    }
    if KEYWORDS.contains(&name) {
        return rejected("it is a Rust keyword");
    }
    if TAKEN.contains(&name) {
        return rejected("a crate of this name exists already");
    }
    if name.len() > 64 {
        return rejected("a crate name has at most 64 characters");
    }
    Ok(())
}

/// The nearest valid crate name.
pub(crate) fn suggest(name: &str) -> String {
    let mut suggestion = String::new();
    for letter in name.chars() {
        match letter {
            letter if letter.is_ascii_alphanumeric() => {
                suggestion.push(letter.to_ascii_lowercase());
            }
            '_' => suggestion.push('_'),
            _ if suggestion.is_empty() || suggestion.ends_with('-') => {}
            _ => suggestion.push('-'),
        }
    }
    let suggestion = suggestion.trim_matches(['-', '_']);
    let suggestion: String = suggestion.chars().take(60).collect();
    if suggestion.is_empty() {
        "ide".to_owned()
    } else if !suggestion.starts_with(|first: char| first.is_ascii_alphabetic()) {
        format!("ide-{suggestion}")
    } else if KEYWORDS.contains(&suggestion.as_str()) || TAKEN.contains(&suggestion.as_str()) {
        format!("{suggestion}-ide")
    } else {
        suggestion
    }
}

/// The name of a type for a crate: `AcmeWeb` for `acme-web`.
pub(crate) fn camel_case(name: &str) -> String {
    let words = name.split(['-', '_']).filter(|word| !word.is_empty());
    let words = words.map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_ascii_uppercase() + rest
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_valid_name_is_suggested() {
        assert_eq!(check("acme-ide_2"), Ok(()));
        for (name, suggestion) in [
            ("Acme IDE", "acme-ide"),
            ("2nd", "ide-2nd"),
            ("type", "type-ide"),
            ("vsc", "vsc-ide"),
            ("über", "ber"),
            ("..", "ide"),
        ] {
            let reported = check(name).expect_err("it is invalid").help;
            assert_eq!(reported, Some(format!("write `{suggestion}`")), "{name}");
            assert_eq!(check(suggestion), Ok(()), "{suggestion}");
        }
    }

    #[test]
    fn types_are_named_after_crates() {
        assert_eq!(camel_case("acme-web_2"), "AcmeWeb2");
    }
}
