//! Lists of ranges of addresses.

use super::cidr::{self, Cidr};
use super::declaration::Texts;
use crate::const_diagnostic::ConstDiagnostic;

/// The number of ranges of a list that are compared with one another: more than any list may have.
pub(super) const MOST: usize = 64;

/// The valid ranges of a list.
pub(super) struct Ranges {
    ranges: [Option<Cidr>; MOST],
}

impl Ranges {
    pub(super) const fn read(texts: &Texts) -> Self {
        let mut ranges = [None; MOST];
        let mut at = 0;
        while at < texts.len() && at < MOST {
            ranges[at] = match Cidr::new(texts.get(at)) {
                Ok(range) => Some(range),
                Err(_) => None,
            };
            at += 1;
        }
        Self { ranges }
    }

    /// The range at an index, if it is valid.
    pub(super) const fn get(&self, at: usize) -> Option<Cidr> {
        if at < MOST { self.ranges[at] } else { None }
    }

    /// The share of the addresses of one version that the ranges cover together, in parts of
    /// [`cidr::WHOLE`]. Two ranges are disjoint, or one contains the other.
    pub(super) const fn share(&self, ipv4: bool) -> u64 {
        let (mut share, mut at) = (0, 0);
        while at < MOST {
            if let Some(range) = &self.ranges[at]
                && range.is_ipv4() == ipv4
                && !self.is_within_another(at, range)
            {
                share += range.share();
            }
            at += 1;
        }
        share
    }

    const fn is_within_another(&self, at: usize, range: &Cidr) -> bool {
        let mut other = 0;
        while other < MOST {
            if let Some(around) = &self.ranges[other]
                && other != at
                && around.contains(range)
                && (!range.contains(around) || other < at)
            {
                return true;
            }
            other += 1;
        }
        false
    }

    /// Validates a range against those before it. `does` is the list's verb: `allows`.
    pub(super) const fn check_overlap(
        &self,
        at: usize,
        range: Cidr,
        does: &str,
    ) -> Result<(), ConstDiagnostic> {
        let mut before = 0;
        while before < at && before < MOST {
            if let Some(other) = self.ranges[before] {
                let (inside, around) = (other.contains(&range), range.contains(&other));
                if inside && around {
                    let diagnostic = cidr::append(ConstDiagnostic::new(""), range);
                    return Err(diagnostic
                        .text(" is listed twice")
                        .help("remove one of them"));
                }
                if inside {
                    let diagnostic =
                        cidr::append(ConstDiagnostic::new(""), range).text(" is part of ");
                    let diagnostic = cidr::append(diagnostic, other).help("remove ");
                    let diagnostic = cidr::append(diagnostic, range).text(": ");
                    let diagnostic = cidr::append(diagnostic, other).text(" ").text(does);
                    return Err(diagnostic.text(" it already"));
                }
                if around {
                    let diagnostic =
                        cidr::append(ConstDiagnostic::new(""), range).text(" contains ");
                    let diagnostic = cidr::append(diagnostic, other).help("remove ");
                    let diagnostic = cidr::append(diagnostic, other).text(": ");
                    let diagnostic = cidr::append(diagnostic, range).text(" ").text(does);
                    return Err(diagnostic.text(" it as well"));
                }
            }
            before += 1;
        }
        Ok(())
    }
}
