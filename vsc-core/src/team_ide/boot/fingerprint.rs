//! The fingerprint of configs of `cfn-init`.

use std::fmt;

use vsc_spec::Object;

use super::packed::{ARCHIVE, ARCHIVE_SUMS};
use crate::template::write_json_object;

/// A part of the version that changes whenever these configs do: the hash of their JSON.
pub(in crate::team_ide) fn fingerprint(configs: &Object) -> String {
    let mut hash = Fnv::new();
    // Hashing cannot fail.
    _ = write_json_object(&mut hash, configs);
    format!("{:016x}", hash.0)
}

/// FNV-1a, 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
struct Fnv(u64);

const PRIME: u64 = 0x0100_0000_01b3;

/// What the hash is multiplied with by all bytes of the archive.
const ARCHIVE_FACTOR: u64 = {
    let (mut factor, mut at) = (1_u64, 0);
    while at < ARCHIVE.len() {
        factor = factor.wrapping_mul(PRIME);
        at += 1;
    }
    factor
};

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, text: &str) {
        self.0 = text.bytes().fold(self.0, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(PRIME)
        });
    }

    /// As `add(ARCHIVE)`, in one step: the archive is two thirds of what is hashed.
    ///
    /// An ASCII byte is an exclusive or with the low seven bits of the hash. It adds a number that depends only on
    /// these bits, and so do all bytes together.
    fn skip_archive(&mut self) {
        let low = usize::from(self.0.to_le_bytes()[0] & 0x7f);
        self.0 = self.0.wrapping_mul(ARCHIVE_FACTOR);
        self.0 = self.0.wrapping_add(ARCHIVE_SUMS[low]);
    }
}

impl fmt::Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.len() == ARCHIVE.len() && text == ARCHIVE {
            self.skip_archive();
        } else {
            self.add(text);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::write_json;
    use vsc_spec::Json;

    #[test]
    fn the_archive_is_hashed_in_one_step() {
        for start in 0..=u64::from(u8::MAX) {
            let start = start | start.wrapping_mul(0x0123_4567_89ab_cd00);
            let (mut whole, mut bytes) = (Fnv(start), Fnv(start));
            fmt::Write::write_str(&mut whole, ARCHIVE).expect("it cannot fail");
            bytes.add(ARCHIVE);
            assert_eq!(
                whole.0, bytes.0,
                "the sums are out of date: run `cargo xtask host-files`"
            );
        }
    }

    #[test]
    fn it_is_the_hash_of_the_json() {
        let configs = Object::new().with("a", "é\n").with("b", Json::array(["c"]));
        let text = write_json(&Json::Object(configs.clone()));
        let mut hash = Fnv::new();
        fmt::Write::write_str(&mut hash, &text).expect("it cannot fail");
        assert_eq!(fingerprint(&configs), format!("{:016x}", hash.0));
        // The test vector of the algorithm.
        let mut hash = Fnv::new();
        fmt::Write::write_str(&mut hash, "foobar").expect("it cannot fail");
        assert_eq!(hash.0, 0x8594_4171_f739_67e8);
    }
}
