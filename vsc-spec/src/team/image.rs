//! Container images: the grammar of the OCI distribution project, `reference`.

use super::checked_text::checked_text;
use super::ecr::{self, EcrRepository};
use super::instance::Architecture;
use crate::const_diagnostic::ConstDiagnostic;
use crate::text;

checked_text! {
    /// An image that is pinned by a tag or a digest: `codercom/code-server:4.139.1`.
    ImageReference by check
}

impl ImageReference {
    /// Its Amazon ECR repository, if it is in one.
    pub fn ecr_repository(&self) -> Option<EcrRepository<'_>> {
        let (name, _) = name_and_tag(text::before(self.as_str(), b'@'));
        ecr::repository(name).ok().flatten()
    }

    /// Its tag, if it has one.
    pub fn tag(&self) -> Option<&str> {
        name_and_tag(text::before(self.as_str(), b'@')).1
    }

    /// Its digest, if it has one: `sha256:…`.
    pub fn digest(&self) -> Option<&str> {
        text::split_once(self.as_str(), b'@').map(|(_, digest)| digest)
    }

    /// The architecture in its name, if it has one.
    pub fn architecture(&self) -> Option<Architecture> {
        architecture(self.as_str())
    }
}

/// The longest name of an image, without its tag.
const LONGEST_NAME: usize = 255;

const EXAMPLE: &str = "for example \"codercom/code-server:4.139.1\"";

/// Checks a reference to an image.
pub(super) const fn check(image: &str) -> Result<(), ConstDiagnostic> {
    if image.is_empty() {
        return Err(not_an_image(image).note("it is empty").help(EXAMPLE));
    }
    if text::starts_with(image, "https:") || text::starts_with(image, "http:") {
        return Err(not_an_image(image)
            .note("an image reference has no scheme")
            .help("for example \"registry.x.com/team/ide:1.0\""));
    }
    let (name, digest) = match text::split_once(image, b'@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (image, None),
    };
    if let Some(digest) = digest
        && !is_digest(digest)
    {
        return Err(not_an_image(image)
            .note("a digest is `sha256:` and 64 hexadecimal digits")
            .help(EXAMPLE));
    }
    let (name, tag) = name_and_tag(name);
    if let Some(problem) = problem_of_name(name) {
        return Err(not_an_image(image).note(problem).help(EXAMPLE));
    }
    if let Err(diagnostic) = ecr::repository(name) {
        return Err(diagnostic);
    }
    match tag {
        None if digest.is_some() => Ok(()),
        None => Err(ConstDiagnostic::new("the image ")
            .quoted(image)
            .text(" is not pinned")
            .note("without a tag it is `latest`, which changes with every release")
            .help("add a version, ")
            .text(EXAMPLE)),
        Some(tag) if text::equal(tag, "latest") && digest.is_none() => {
            Err(ConstDiagnostic::new("the image ")
                .quoted(image)
                .text(" is not pinned")
                .note("`latest` changes with every release")
                .help("write a version, ")
                .text(EXAMPLE))
        }
        Some(tag) if is_tag(tag) => Ok(()),
        Some(_) => Err(not_an_image(image)
            .note("a tag has up to 128 letters, digits, `_`, `.` and `-`")
            .help(EXAMPLE)),
    }
}

/// The oldest Traefik that accepts the configuration of the host: an older one exits at an unknown option. <https://doc.traefik.io/traefik/security/header-aliases/>.
const OLDEST_PROXY: [u64; 3] = [3, 7, 12];

/// Checks the image of the proxy: where its name says that it is Traefik, also its version.
pub(super) const fn check_proxy(image: &str) -> Result<(), ConstDiagnostic> {
    if let Err(diagnostic) = check(image) {
        return Err(diagnostic);
    }
    let (name, tag) = name_and_tag(text::before(image, b'@'));
    match tag {
        Some(tag) if is_called(name, "traefik") && is_before(tag, &OLDEST_PROXY) => {
            Err(ConstDiagnostic::new("the proxy ")
                .quoted(image)
                .text(" is too old")
                .note("the host's configuration uses options that are new in Traefik 3.7.12")
                .help("write a newer version, or remove `proxy_image`"))
        }
        _ => Ok(()),
    }
}

/// Whether this is the last part of a name.
const fn is_called(name: &str, last: &str) -> bool {
    let (mut part, mut rest) = text::next_part(name, b'/');
    while let Some(more) = rest {
        (part, rest) = text::next_part(more, b'/');
    }
    text::equal(part, last)
}

/// Whether a tag such as `v3.7.15` or `3.6` is a version before another. A part that is left out is
/// the newest.
const fn is_before(tag: &str, version: &[u64; 3]) -> bool {
    let mut rest = Some(match text::strip_prefix(tag, "v") {
        Some(numbers) => numbers,
        None => tag,
    });
    let mut at = 0;
    while at < version.len() {
        let Some(parts) = rest else { return false };
        let part;
        (part, rest) = text::next_part(parts, b'.');
        // `15-alpine`: what follows is the kind of the image.
        let Some(number) = text::number(text::before(part, b'-')) else {
            return false;
        };
        if number != version[at] {
            return number < version[at];
        }
        at += 1;
    }
    false
}

const fn not_an_image(image: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(image)
        .text(" is not a valid image reference")
}

/// A colon after the last slash begins the tag; one before it, the port of a registry.
const fn name_and_tag(name: &str) -> (&str, Option<&str>) {
    let bytes = name.as_bytes();
    let mut at = bytes.len();
    while at > 0 {
        at -= 1;
        match bytes[at] {
            b'/' => break,
            b':' => {
                let (name, tag) = name.split_at(at);
                return (name, Some(tag.split_at(1).1));
            }
            _ => {}
        }
    }
    (name, None)
}

const fn problem_of_name(name: &str) -> Option<&'static str> {
    if name.len() > LONGEST_NAME {
        return Some("its name has more than 255 characters");
    }
    let (mut part, mut rest) = text::next_part(name, b'/');
    // A host name before the first slash is the registry.
    if let Some(more) = rest
        && (text::contains(part, b'.')
            || text::contains(part, b':')
            || text::equal(part, "localhost"))
    {
        let (host, port) = text::next_part(part, b':');
        if let Some(port) = port
            && !text::is_number(port)
        {
            return Some("the port of its registry is not a number");
        }
        if !is_path(host) {
            return Some("its registry is not a host name");
        }
        (part, rest) = text::next_part(more, b'/');
    }
    loop {
        if !is_path(part) {
            return Some(
                "a name has lowercase letters and digits, with `.`, `_` or `-` between them",
            );
        }
        match rest {
            Some(more) => (part, rest) = text::next_part(more, b'/'),
            None => return None,
        }
    }
}

const fn is_path(part: &str) -> bool {
    let bytes = part.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let inner = at > 0 && at + 1 < bytes.len();
        match bytes[at] {
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'.' | b'_' | b'-' if inner => {}
            _ => return false,
        }
        at += 1;
    }
    at > 0
}

const fn is_tag(tag: &str) -> bool {
    let bytes = tag.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let inner = at > 0 && matches!(bytes[at], b'.' | b'-');
        if !bytes[at].is_ascii_alphanumeric() && bytes[at] != b'_' && !inner {
            return false;
        }
        at += 1;
    }
    at > 0 && at <= 128
}

const fn is_digest(digest: &str) -> bool {
    let Some(digits) = text::strip_prefix(digest, "sha256:") else {
        return false;
    };
    let bytes = digits.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !matches!(bytes[at], b'0'..=b'9' | b'a'..=b'f') {
            return false;
        }
        at += 1;
    }
    at == 64
}

/// The architecture that a part of the name or the tag names: `amd64/debian:12`,
/// `x/code-server:4.139.1-arm64`.
pub(super) const fn architecture(image: &str) -> Option<Architecture> {
    let bytes = image.as_bytes();
    let (mut start, mut at) = (0, 0);
    while at <= bytes.len() {
        if at == bytes.len() || matches!(bytes[at], b'/' | b':' | b'-' | b'.' | b'_' | b'@') {
            let word = image.split_at(at).0.split_at(start).1;
            match word.as_bytes() {
                b"amd64" | b"x64" | b"x86" => return Some(Architecture::X86_64),
                b"arm64" | b"arm64v8" | b"aarch64" => return Some(Architecture::Arm64),
                _ => {}
            }
            start = at + 1;
        }
        at += 1;
    }
    None
}

/// Checks whether the host runs the image.
pub(super) const fn check_host(
    image: &str,
    host: &str,
    architecture: Architecture,
) -> Result<(), ConstDiagnostic> {
    match self::architecture(image) {
        Some(made_for) if !made_for.is(architecture) => {
            Err(ConstDiagnostic::new("the image ")
                .quoted(image)
                .text(" does not run on a ")
                .text(host)
                .note("the image is for ")
                .text(made_for.as_str())
                .text(", and the host is ")
                .text(architecture.as_str())
                .help("choose an instance type of the image's architecture, or remove `instance` to have one chosen"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinned_images_are_accepted() {
        let digest = format!("x/y@sha256:{}", "0a".repeat(32));
        let both = format!("x.com/y:1.2@sha256:{}", "0a".repeat(32));
        for image in [
            both.as_str(),
            "codercom/code-server:4.139.1",
            "traefik:v3.7.15",
            "localhost:5000/team/ide:1",
            "registry.x.com:443/a/b_c/d-e:2024_1.x",
            digest.as_str(),
        ] {
            assert!(check(image).is_ok(), "{image}");
        }
    }

    #[test]
    fn unpinned_and_invalid_images_are_errors() {
        let reported = |image: &str| check(image).expect_err(image).to_string();
        assert!(reported("codercom/code-server").contains("is not pinned"));
        assert!(reported("codercom/code-server:latest").contains("is not pinned"));
        assert!(reported("localhost:5000/ide").contains("is not pinned"));
        for image in [
            "",
            "https://x.com/ide:1",
            "Team/ide:1",
            "ide:",
            "ide:a b",
            "ide: 1",
            "/ide:1",
            "a//b:1",
            "x.com:port/ide:1",
            "ide@sha256:12",
            "-ide:1",
            "ide-:1",
            "ide:.1",
            "ide:-1",
        ] {
            reported(image);
        }
        assert!(reported("debian").contains("is not pinned"));
        for url in ["https://x.com/ide:1", "http://x.com/ide:1"] {
            assert!(
                reported(url).contains("an image reference has no scheme"),
                "{url}"
            );
        }
        let named = |length| format!("{}:1", "a".repeat(length));
        assert!(check(&named(255)).is_ok());
        assert!(reported(&named(256)).contains("its name has more than 255 characters"));
        let tagged = |length| format!("ide:{}", "1".repeat(length));
        assert!(check(&tagged(128)).is_ok());
        assert!(reported(&tagged(129)).contains("a tag has up to 128 letters"));
    }

    #[test]
    fn an_image_of_ecr_has_a_repository() {
        let digest = format!("sha256:{}", "0a".repeat(32));
        let name = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/ide";
        for (image, tag, digest) in [
            (format!("{name}:1.2"), Some("1.2"), None),
            (format!("{name}@{digest}"), None, Some(digest.as_str())),
            (
                format!("{name}:1.2@{digest}"),
                Some("1.2"),
                Some(digest.as_str()),
            ),
        ] {
            let image = ImageReference::new(image).expect("it is right");
            let repository = image.ecr_repository().map(|repository| repository.name());
            assert_eq!(
                (repository, image.tag(), image.digest()),
                (Some("team/ide"), tag, digest)
            );
        }
        let other = ImageReference::new("traefik:v3.7.15").expect("it is right");
        assert_eq!(other.ecr_repository(), None);
        let wrong = check("1.dkr.ecr.eu-west-1.amazonaws.com/ide:1").expect_err("one digit");
        assert!(
            wrong
                .to_string()
                .starts_with("\"1\" is not an AWS account ID")
        );
    }

    #[test]
    fn a_proxy_without_our_options_is_an_error() {
        for old in [
            "traefik:v3.5.3",
            "traefik:3.7.11",
            "traefik:v3.6",
            "traefik:v2",
            "traefik:v2.11.53-alpine",
            "x.com/mirror/traefik:v3.7.0",
        ] {
            let message = check_proxy(old).expect_err(old).to_string();
            let expected = format!(
                "the proxy {old:?} is too old\n\
                 the host's configuration uses options that are new in Traefik 3.7.12\n\
                 = help: write a newer version, or remove `proxy_image`"
            );
            assert_eq!(message, expected);
        }
        let digest = format!("traefik@sha256:{}", "0a".repeat(32));
        for new in [
            "traefik:v3.7.12",
            "traefik:v3.7",
            "traefik:v3",
            "traefik:v3.10.0-alpine",
            "traefik:v4.0.0",
            "traefik:windowsservercore",
            "x.com/proxy:1.0",
            digest.as_str(),
        ] {
            assert!(check_proxy(new).is_ok(), "{new}");
        }
        assert!(check_proxy("traefik:latest").is_err());
    }

    #[test]
    fn an_image_may_name_its_architecture() {
        assert_eq!(architecture("amd64/debian:12"), Some(Architecture::X86_64));
        assert_eq!(architecture("x/ide:1.0-arm64"), Some(Architecture::Arm64));
        assert_eq!(architecture("codercom/code-server:4.139.1"), None);
        assert_eq!(architecture("x/charm64:1"), None);
        let image = ImageReference::new("arm64v8/debian:12").expect("it is one");
        assert_eq!(image.architecture(), Some(Architecture::Arm64));
        let on = |image, architecture| check_host(image, "t3.large", architecture);
        assert!(on("amd64/debian:12", Architecture::X86_64).is_ok());
        assert!(on("debian:12", Architecture::Arm64).is_ok());
        let message = on("arm64v8/debian:12", Architecture::X86_64).expect_err("of another");
        assert!(message.to_string().starts_with(
            "the image \"arm64v8/debian:12\" does not run on a t3.large\n\
             the image is for arm64, and the host is x86_64\n= help: "
        ));
    }
}
