//! "Did you mean": the nearest name in a closed set.

use crate::const_diagnostic::ConstDiagnostic;
use crate::text::{self, Buffer};

/// The longest name that is compared, in bytes.
const LONGEST: usize = 128;

/// The candidate that was most likely meant by `name`, if any is near enough.
///
/// Case and separators are ignored; otherwise up to a third of the letters may differ (Damerau–Levenshtein
/// distance, in which a swap of adjacent letters is one edit).
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

/// A list of names in prose: `a`, `b` and `c`; long lists are truncated.
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

/// A search for the nearest of the offered names, for const evaluation.
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

    /// Keeps the candidate if it is nearer than those before it.
    pub(crate) const fn offer(&mut self, candidate: &'a str) {
        // Folding can only shorten a name.
        if candidate.len() + self.limit() < self.wanted.len() {
            return;
        }
        self.offer_folded(&fold(candidate), candidate);
    }

    const fn offer_folded(&mut self, folded: &Folded, candidate: &'a str) {
        let limit = self.limit();
        let distance = distance(&self.wanted, folded, limit);
        let difference = candidate.len().abs_diff(self.length);
        let nearer = match self.best {
            None => true,
            Some((best, by, _)) => distance < best || (distance == best && difference < by),
        };
        if distance <= limit && nearer {
            self.best = Some((distance, difference, candidate));
        }
    }

    /// The greatest distance of a candidate: a third of the letters, and less than the best so far.
    const fn limit(&self) -> usize {
        match self.best {
            Some((best, ..)) => best,
            None => match self.wanted.len() / 3 {
                0 => 1,
                limit => limit,
            },
        }
    }

    /// The nearest of the offered names.
    pub(crate) const fn found(&self) -> Option<&'a str> {
        match self.best {
            Some((_, _, name)) => Some(name),
            None => None,
        }
    }

    /// Adds help with the nearest of the offered names, or else this text.
    pub(crate) const fn help(
        &self,
        diagnostic: ConstDiagnostic,
        otherwise: &str,
    ) -> ConstDiagnostic {
        match self.found() {
            Some(name) => diagnostic.help("did you mean `").text(name).text("`?"),
            None => diagnostic.help(otherwise),
        }
    }
}

/// Names for many searches: each is folded once.
pub(crate) struct Index {
    names: Vec<(Letters, Folded, &'static str)>,
}

impl Index {
    pub(crate) fn new(names: impl Iterator<Item = &'static str>) -> Self {
        let names = names.map(|name| {
            let folded = fold(name);
            (Letters::of(&folded), folded, name)
        });
        Self {
            names: names.collect(),
        }
    }

    /// The name that was most likely meant; see [`nearest`].
    pub(crate) fn nearest(&self, name: &str) -> Option<&'static str> {
        let mut search = Search::new(name);
        let letters = Letters::of(&search.wanted);
        for (known, folded, name) in &self.names {
            if letters.least_distance(*known) <= search.limit() {
                search.offer_folded(folded, name);
            }
        }
        search.found()
    }
}

/// The letters and digits in a folded name, a bit for each.
#[derive(Clone, Copy)]
struct Letters(u64);

impl Letters {
    fn of(name: &Folded) -> Self {
        let bits = name.bytes().iter().map(|byte| 1_u64 << (byte % 64));
        Self(bits.fold(0, |all, bit| all | bit))
    }

    /// A lower bound of the distance: each edit removes and adds at most one letter.
    fn least_distance(self, other: Self) -> usize {
        (self.0 ^ other.0).count_ones() as usize / 2
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

/// Edit distance, or something above `limit` as soon as it is certain to exceed it. Only what is
/// within `limit` of the diagonal is looked at.
const fn distance(a: &Folded, b: &Folded, limit: usize) -> usize {
    let (a, b) = (a.bytes(), b.bytes());
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let far = limit + 1;
    // Three rows that take turns: a swap of neighbours reaches back two.
    let mut rows = [[far; LONGEST + 1]; 3];
    let mut j = 0;
    while j <= b.len() && j <= limit {
        rows[0][j] = j;
        j += 1;
    }
    let mut least_before = 0;
    let mut i = 0;
    while i < a.len() {
        let (before, last, row) = ((i + 2) % 3, i % 3, (i + 1) % 3);
        let first = i.saturating_sub(limit);
        let end = smaller(b.len(), i + limit + 1);
        rows[row][first] = if i < limit { i + 1 } else { far };
        let mut least = rows[row][first];
        let mut j = first;
        while j < end {
            let mut cost = rows[last][j] + (a[i] != b[j]) as usize;
            cost = smaller(cost, smaller(rows[last][j + 1], rows[row][j]) + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                cost = smaller(cost, rows[before][j - 1] + 1);
            }
            rows[row][j + 1] = cost;
            least = smaller(least, cost);
            j += 1;
        }
        if end < b.len() {
            rows[row][end + 1] = far;
        }
        // A swap of neighbours reaches back two rows.
        if least > limit && least_before > limit {
            return far;
        }
        least_before = least;
        i += 1;
    }
    rows[a.len() % 3][b.len()]
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
    fn an_index_finds_what_a_search_finds() {
        let names = [
            "BucketName",
            "VersioningConfiguration",
            "Tags",
            "Tag",
            "Ünicode",
        ];
        let index = Index::new(names.into_iter());
        for name in [
            "BuketName",
            "bucket_name",
            "tga",
            "Tagss",
            "Unicode",
            "Xyz",
            "",
        ] {
            assert_eq!(index.nearest(name), nearest(name, names), "{name}");
        }
    }

    #[test]
    fn distances_are_exact_up_to_the_limit() {
        let far = |a: &str, b: &str, limit| distance(&fold(a), &fold(b), limit);
        assert_eq!(far("kitten", "sitting", 3), 3);
        assert_eq!(far("kitten", "sitting", 6), 3);
        assert!(far("kitten", "sitting", 2) > 2);
        assert_eq!(far("abcdef", "bacdfe", 2), 2);
        assert_eq!(far("abc", "abcdefg", 4), 4);
        assert_eq!(far("abcdefg", "efg", 4), 4);
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
