//! "Did you mean": the nearest name in a closed set.

use crate::const_finding::ConstFinding;
use crate::text::{self, Buffer};

/// The longest name that is compared, in bytes.
const LONGEST: usize = 128;

/// The candidate that `name` was most likely meant to be, if any is near enough.
///
/// Case and separators do not count as a difference; otherwise up to a third of the letters may
/// be wrong (Damerau–Levenshtein distance, in which a swap of neighbours is one mistake).
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut search = Search::new(name);
    for candidate in candidates {
        search.offer(candidate);
    }
    search.found()
}

/// `did you mean X?` for the nearest candidate.
pub fn did_you_mean<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(name, candidates).map(|nearest| format!("did you mean `{nearest}`?"))
}

/// The names as a person would list them: `a`, `b` and `c`; long lists are cut.
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 16;
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "none".to_owned(),
        [only] => only.clone(),
        [first @ .., last] if names.len() <= SHOWN => format!("{} and {last}", first.join(", ")),
        many => format!(
            "{} and {} more",
            many[..SHOWN].join(", "),
            many.len() - SHOWN
        ),
    }
}

/// A search for the nearest of the names that are offered; const evaluation can run it.
pub(crate) struct Search<'a> {
    wanted: Folded,
    length: usize,
    best: Option<(usize, usize, &'a str)>,
}

impl<'a> Search<'a> {
    pub(crate) const fn new(name: &str) -> Self {
        Self {
            wanted: fold(name),
            length: name.len(),
            best: None,
        }
    }

    /// Takes the candidate if it is nearer than those before it.
    pub(crate) const fn offer(&mut self, candidate: &'a str) {
        let limit = match self.wanted.len() / 3 {
            0 => 1,
            limit => limit,
        };
        let distance = distance(&self.wanted, &fold(candidate), limit);
        let difference = candidate.len().abs_diff(self.length);
        let nearer = match self.best {
            None => true,
            Some((best, by, _)) => distance < best || (distance == best && difference < by),
        };
        if distance <= limit && nearer {
            self.best = Some((distance, difference, candidate));
        }
    }

    /// The nearest that was offered.
    pub(crate) const fn found(&self) -> Option<&'a str> {
        match self.best {
            Some((_, _, name)) => Some(name),
            None => None,
        }
    }

    /// Helps with the nearest that was offered, or else with this text.
    pub(crate) const fn help(&self, finding: ConstFinding, otherwise: &str) -> ConstFinding {
        match self.found() {
            Some(name) => finding.help("did you mean `").text(name).text("`?"),
            None => finding.help(otherwise),
        }
    }
}

/// A name in lower case, without separators.
type Folded = Buffer<LONGEST>;

const fn fold(name: &str) -> Folded {
    let mut folded = Folded::new();
    let mut at = 0;
    while at < name.len() {
        let character = text::character_at(name, at);
        match character.as_bytes() {
            [b'-' | b'_' | b':' | b'.' | b' '] => {}
            [ascii] => folded.push_ascii(ascii.to_ascii_lowercase()),
            _ => folded.push(character),
        }
        at += character.len();
    }
    folded
}

/// Edit distance, or something above `limit` as soon as it is certain to exceed it.
const fn distance(a: &Folded, b: &Folded, limit: usize) -> usize {
    let (a, b) = (a.bytes(), b.bytes());
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut before = [0; LONGEST + 1];
    let mut last = [0; LONGEST + 1];
    let mut row = [0; LONGEST + 1];
    let mut j = 0;
    while j <= b.len() {
        last[j] = j;
        j += 1;
    }
    let mut i = 0;
    while i < a.len() {
        row[0] = i + 1;
        let mut least = row[0];
        let mut j = 0;
        while j < b.len() {
            let mut cost = last[j] + (a[i] != b[j]) as usize;
            cost = smaller(cost, smaller(last[j + 1], row[j]) + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = smaller(cost, before[j - 1] + 1);
            }
            row[j + 1] = cost;
            least = smaller(least, cost);
            j += 1;
        }
        // A swap of neighbours reaches back two rows, and saves one at most.
        if least > limit + 1 {
            return limit + 1;
        }
        before = last;
        last = row;
        i += 1;
    }
    last[b.len()]
}

const fn smaller(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_found() {
        let keys = ["BucketName", "VersioningConfiguration", "Tags"];
        assert_eq!(nearest("BuketName", keys), Some("BucketName"));
        assert_eq!(nearest("bucket_name", keys), Some("BucketName"));
        assert_eq!(
            nearest("VersoiningConfiguration", keys),
            Some("VersioningConfiguration")
        );
        assert_eq!(nearest("Encryption", keys), None);
    }

    #[test]
    fn a_swap_is_one_mistake() {
        assert_eq!(nearest("tga", ["tag"]), Some("tag"));
    }

    #[test]
    fn a_list_reads_like_a_sentence() {
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
