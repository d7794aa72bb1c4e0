//! The fingerprint of configs of `cfn-init`.

use std::fmt;

use vsc_spec::Object;

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

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl fmt::Write for Fnv {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = text.bytes().fold(self.0, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::write_json;
    use vsc_spec::Json;

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
