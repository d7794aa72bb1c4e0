//! Wildcards in names: those of IAM policies and of the command lines.

/// Whether a string matches a pattern, in which `*` stands for any characters and `?` for any byte.
///
/// ```
/// use vsc_spec::glob;
///
/// assert!(glob("prod*", "production"));
/// assert!(!glob("prod", "production"));
/// ```
pub fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut from) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while from < text.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, from));
                at += 1;
            }
            Some(letter) if *letter == b'?' || *letter == text[from] => {
                at += 1;
                from += 1;
            }
            _ => match &mut star {
                Some((back, taken)) => {
                    *taken += 1;
                    (at, from) = (*back + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|letter| *letter == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_match_any_characters() {
        assert!(glob("get*", "getobject"));
        assert!(glob("*", ""));
        assert!(glob("g?t*ect", "getobject"));
        assert!(!glob("get*x", "getobject"));
        assert!(!glob("get", "getobject"));
        assert!(!glob("*-ide", "acme"));
    }
}
