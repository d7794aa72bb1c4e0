//! Users and their names.

use super::checked_text::checked_text;
use super::host_name::problem_of_label;
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

/// The most users of one stack: AWS CloudFormation User Guide, "Quotas". Each has a record and a secret
/// among 500 resources, and a URL among 200 outputs; 20 outputs are reserved for the rest.
pub const MAX_USERS: usize = 180;

checked_text! {
    /// The name of a user: a label of a host name.
    UserName by check
}

impl UserName {
    /// The name as part of a logical ID: `Dev1` of `dev-1`.
    pub fn logical_id(&self) -> String {
        logical_id(self.as_str()).as_str().to_owned()
    }
}

/// Validates the name of a user.
pub(super) const fn check(name: &str) -> Result<(), ConstDiagnostic> {
    if name.is_empty() {
        return Err(rejected(name).note("the name is empty"));
    }
    if is_file(name) {
        return Err(rejected(name)
            .note("it looks like the name of a file")
            .help("write `users = ")
            .quoted(name)
            .text("`"));
    }
    if let Some(problem) = problem_of_label(name) {
        let lower = text::lower::<64>(name);
        let usable = text::hyphenated::<64>(lower.as_str());
        let only_case = !text::equal(lower.as_str(), name)
            && text::equal(lower.as_str(), usable.as_str())
            && name.len() <= 63;
        let rejected = if only_case {
            rejected(name).note("it becomes part of a host name, which is written in lowercase")
        } else {
            problem.report(
                rejected(name).note("it becomes part of a host name, and "),
                name,
            )
        };
        let can_be = name.is_ascii() && name.len() <= 63 && check(usable.as_str()).is_ok();
        return Err(if can_be {
            rejected.help("write ").quoted(usable.as_str())
        } else {
            rejected
        });
    }
    let bare = without_hyphens(name);
    if let Some(meaning) = reserved(bare.as_str()) {
        return Err(rejected(name).note(meaning).help("choose another name"));
    }
    if is_instance_id(name) {
        return Err(
            rejected(name).note("it looks like an instance ID, which is the name of the host")
        );
    }
    Ok(())
}

const fn rejected(name: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(name)
        .text(" is not a valid user name")
}

/// Whether a name is that of a file of users.
const fn is_file(name: &str) -> bool {
    let lower = text::lower::<64>(name);
    let mut rest = Some(lower.as_str());
    let mut last = "";
    while let Some(more) = rest {
        (last, rest) = text::next_part(more, b'.');
    }
    last.len() < lower.len()
        && matches!(
            last.as_bytes(),
            b"toml" | b"yaml" | b"yml" | b"json" | b"csv"
        )
}

/// Names that the host uses itself, for records, outputs, files and containers.
const fn reserved(bare: &str) -> Option<&'static str> {
    match bare.as_bytes() {
        b"monitor" => Some("monitor.DOMAIN is the dashboard"),
        b"dashboard" => Some("it is the name of the proxy's dashboard"),
        b"host" => Some("it is the name of the host itself"),
        _ => None,
    }
}

const fn is_instance_id(name: &str) -> bool {
    let Some(digits) = text::strip_prefix(name, "i-") else {
        return false;
    };
    let bytes = digits.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_hexdigit() {
            return false;
        }
        at += 1;
    }
    at == 8 || at == 17
}

/// The name without hyphens, as in a logical ID.
pub(super) const fn without_hyphens(name: &str) -> text::Buffer<63> {
    let bytes = name.as_bytes();
    let mut bare = text::Buffer::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'-' {
            bare.push_ascii(bytes[at]);
        }
        at += 1;
    }
    bare
}

/// The name without hyphens, with each of its parts capitalized.
const fn logical_id(name: &str) -> text::Buffer<63> {
    let bytes = name.as_bytes();
    let mut id = text::Buffer::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'-' {
            let begins = at == 0 || bytes[at - 1] == b'-';
            id.push_ascii(if begins {
                bytes[at].to_ascii_uppercase()
            } else {
                bytes[at]
            });
        }
        at += 1;
    }
    id
}

/// Whether two names are equal without their hyphens.
const fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (mut i, mut j) = (0, 0);
    loop {
        while i < a.len() && a[i] == b'-' {
            i += 1;
        }
        while j < b.len() && b[j] == b'-' {
            j += 1;
        }
        if i == a.len() || j == b.len() {
            return i == a.len() && j == b.len();
        }
        if a[i] != b[j] {
            return false;
        }
        i += 1;
        j += 1;
    }
}

/// A hash that is the same for all names that [`check_against`] rejects together (FNV-1a).
pub(super) const fn fingerprint(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut fingerprint = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'-' {
            fingerprint ^= bytes[at] as u64;
            fingerprint = fingerprint.wrapping_mul(0x0100_0000_01b3);
        }
        at += 1;
    }
    fingerprint
}

/// Validates a name against an earlier one.
pub(super) const fn check_against(name: &str, earlier: &str) -> Result<(), ConstDiagnostic> {
    if text::equal(name, earlier) {
        return Err(ConstDiagnostic::new("duplicate user name ")
            .quoted(name)
            .help("remove or rename one of them"));
    }
    if !alike(name, earlier) {
        return Ok(());
    }
    Err(ConstDiagnostic::new("the users ")
        .quoted(earlier)
        .text(" and ")
        .quoted(name)
        .text(" have the same logical ID")
        .note("without hyphens, which logical IDs cannot have, both are `")
        .text(logical_id(earlier).as_str())
        .text("`")
        .help("rename one of them"))
}

/// Validates the number of users.
pub(super) const fn check_count(count: i128) -> Result<usize, ConstDiagnostic> {
    const HELP: &str = "write `users = 1`, or list names: `users = [\"alice\"]`";
    if count > MAX_USERS as i128 {
        return Err(ConstDiagnostic::new("too many users for one stack: ")
            .signed(count)
            .note("a CloudFormation stack has at most 200 outputs and 500 resources, enough for ")
            .count(MAX_USERS)
            .text(" users")
            .help("split the team into several stacks"));
    }
    let diagnostic = match count {
        // The number is below the limit.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        1.. => return Ok(count as usize),
        0 => ConstDiagnostic::new("a team of 0 users has nothing to run"),
        negative => ConstDiagnostic::new("a team cannot have ")
            .signed(negative)
            .text(" users"),
    };
    Err(diagnostic
        .note("a team has 1 to ")
        .count(MAX_USERS)
        .text(" users")
        .help(HELP))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_names() {
        for name in [
            "alice",
            "dev-1",
            "a",
            "3d",
            "i-love-rust",
            "hostess",
            "csv",
            "i-0a1b2c3",
            "i-0a1b2c3x",
        ] {
            assert!(UserName::new(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_near_miss_is_an_error_with_a_suggestion() {
        let reported = |name: &str| check(name).expect_err(name).to_string();
        assert!(reported("Alice").ends_with("written in lowercase\n= help: write \"alice\""));
        assert!(reported("alice_b").ends_with("write \"alice-b\""));
        assert!(reported("alice@x.com").contains("`@` is not allowed"));
        for reserved in ["monitor", "dashboard"] {
            assert!(reported(reserved).contains("dashboard"), "{reserved}");
        }
        assert!(reported("monitor").contains("is the dashboard"));
        assert!(reported("ho-st").contains("it is the name of the host itself"));
        // Other errors come before that of the case.
        assert!(reported(&"A".repeat(64)).contains("`A` is not allowed"));
        assert!(reported("Alice_b").ends_with("hyphens\n= help: write \"alice-b\""));
        assert!(reported("alice_b").contains("`_` is not allowed"));
        assert!(
            reported("team.csv").ends_with(
                "it looks like the name of a file\n= help: write `users = \"team.csv\"`"
            )
        );
        assert!(reported("csv.").contains("`.` is not allowed"));
        assert!(reported("Monitor").ends_with("written in lowercase"));
        assert!(reported("i-0a1b2c3d").contains("instance ID"));
        assert!(reported("").contains("the name is empty"));
        assert!(reported("jürgen").contains("`ü` is not allowed"));
        assert!(reported(&"a".repeat(64)).contains("64 characters"));
    }

    #[test]
    fn too_many_or_too_few_users_are_an_error() {
        assert_eq!(check_count(1).expect("one"), 1);
        assert_eq!(check_count(180).expect("as many as it holds"), 180);
        for (count, message) in [
            (181, "too many users for one stack: 181"),
            (0, "a team of 0 users has nothing to run"),
            (-3, "a team cannot have -3 users"),
        ] {
            let reported = check_count(count).expect_err(message).to_string();
            assert!(reported.starts_with(message), "{reported}");
        }
    }

    #[test]
    fn names_are_compared_without_hyphens() {
        for (a, b, expected) in [
            ("ab", "ab", true),
            ("a-b", "ab", true),
            ("ab", "a--b", true),
            ("ab-", "ab", true),
            ("ab", "-ab", true),
            ("ab", "abc", false),
            ("abc", "ab", false),
            ("ab", "ac", false),
            ("a-", "ab", false),
            ("", "a", false),
            ("-", "", true),
        ] {
            assert_eq!(alike(a, b), expected, "{a} {b}");
            let same = fingerprint(a) == fingerprint(b);
            assert_eq!(same, expected, "{a} {b}");
        }
        // Test vectors of FNV-1a with 64 bits.
        assert_eq!(fingerprint(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fingerprint("foo-bar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn names_make_logical_ids() {
        let id = |name: &'static str| UserName::new(name).expect(name).logical_id();
        assert_eq!(id("dev-1"), "Dev1");
        assert_eq!(id("mary-ann"), "MaryAnn");
    }

    #[test]
    fn names_that_make_one_logical_id_collide() {
        let reported = |name, earlier| {
            check_against(name, earlier)
                .err()
                .map(|diagnostic| diagnostic.to_string())
        };
        assert_eq!(reported("bob", "alice"), None);
        assert!(
            reported("bob", "bob")
                .is_some_and(|reported| reported.starts_with("duplicate user name \"bob\""))
        );
        assert!(reported("dev1", "dev-1").is_some_and(|reported| {
            reported.starts_with("the users \"dev-1\" and \"dev1\" have the same logical ID")
        }));
    }
}
