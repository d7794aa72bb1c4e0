//! What a workspace comes with: a repository and extensions.

use super::checked_text::checked_text;
use super::domain;
use crate::const_finding::ConstFinding;
use crate::text;

checked_text! {
    /// A Git repository by its HTTPS URL.
    RepoUrl by check_repo
}

checked_text! {
    /// An extension of VS Code, with or without a version: `rust-lang.rust-analyzer@0.3.2500`
    /// (Visual Studio Code, "Command line", `--install-extension`).
    ExtensionId by check_extension
}

/// Judges the URL of a repository.
pub(super) const fn check_repo(repo: &str) -> Result<(), ConstFinding> {
    const EXAMPLE: &str = "for example \"https://github.com/rust-lang/rust-analyzer\"";
    let finding = ConstFinding::new("")
        .quoted(repo)
        .text(" is not the URL of a repository");
    let Some(rest) = text::strip_prefix(repo, "https://") else {
        let finding = finding.why("it begins with `https://`");
        return Err(match text::strip_prefix(repo, "http://") {
            Some(rest) => finding.help("write \"https://").text(rest).text("\""),
            None => finding.help(EXAMPLE),
        });
    };
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'@' {
            return Err(finding
                .why("names and passwords would stand in the template")
                .help(
                    "leave out what stands before the `@`; developers log in to Git themselves",
                ));
        }
        if !bytes[at].is_ascii_alphanumeric() && !text::contains("-._~/:+%", bytes[at]) {
            return Err(finding
                .why("")
                .character(text::character_at(rest, at))
                .text(" is not allowed in it")
                .help(EXAMPLE));
        }
        at += 1;
    }
    if repo.len() > 1_024 {
        return Err(finding.why("it has more than 1,024 characters"));
    }
    let (host, path) = text::next_part(rest, b'/');
    let (host, port) = text::next_part(host, b':');
    let lower = text::lower::<254>(host);
    let port_is_wrong = match port {
        Some(port) => !text::is_number(port),
        None => false,
    };
    if domain::check(lower.as_str()).is_err() || port_is_wrong {
        return Err(finding
            .why("")
            .quoted(text::before(rest, b'/'))
            .text(" is not a host")
            .help(EXAMPLE));
    }
    match path {
        Some(path) if !path.is_empty() => Ok(()),
        _ => Err(finding.why("it has no path").help(EXAMPLE)),
    }
}

/// Judges the identifier of an extension.
pub(super) const fn check_extension(extension: &str) -> Result<(), ConstFinding> {
    const EXAMPLE: &str = "for example \"rust-lang.rust-analyzer\"";
    let finding = ConstFinding::new("")
        .quoted(extension)
        .text(" is not an extension");
    let (id, version) = text::next_part(extension, b'@');
    let Some((publisher, name)) = text::split_once(id, b'.') else {
        return Err(finding
            .why("an extension is called `publisher.name`")
            .help(EXAMPLE));
    };
    if !is_identifier(publisher) || !is_identifier(name) {
        return Err(finding
            .why("the publisher and the name are made of letters, digits and hyphens")
            .help(EXAMPLE));
    }
    if extension.len() > 255 {
        return Err(finding.why("it has more than 255 characters"));
    }
    match version {
        Some(version) if !is_version(version) => Err(finding
            .why("behind `@` stands a version such as 1.2.3")
            .help(EXAMPLE)),
        _ => Ok(()),
    }
}

const fn is_identifier(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let inner = at > 0 && (bytes[at] == b'-' || bytes[at] == b'_');
        if !bytes[at].is_ascii_alphanumeric() && !inner {
            return false;
        }
        at += 1;
    }
    at > 0
}

const fn is_version(version: &str) -> bool {
    let (mut part, mut rest) = text::next_part(version, b'.');
    let mut parts = 1;
    while let Some(more) = rest {
        if !text::is_number(part) {
            return false;
        }
        (part, rest) = text::next_part(more, b'.');
        parts += 1;
    }
    text::is_number(part) && parts == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_have_https_urls() {
        for repo in [
            "https://github.com/made2591/vcs-server",
            "https://git.x.com:8443/a/b.git",
        ] {
            assert!(check_repo(repo).is_ok(), "{repo}");
        }
        let told = |repo: &str| check_repo(repo).expect_err(repo).to_string();
        assert!(told("http://x.com/a").ends_with("write \"https://x.com/a\""));
        assert!(told("https://me:secret@x.com/a").contains("would stand in the template"));
        for repo in [
            "",
            "git@github.com:a/b",
            "https://x.com",
            "https://x.com/",
            "https:///a",
            "https://x.com/a b",
            "https://x.com/$(id)",
            "https://x.com:port/a",
            "https://not_a_host/a",
        ] {
            told(repo);
        }
    }

    #[test]
    fn extensions_have_a_publisher_and_a_name() {
        for extension in ["rust-lang.rust-analyzer", "a.b@1.2.3"] {
            assert!(check_extension(extension).is_ok(), "{extension}");
        }
        for extension in [
            "rust-analyzer",
            "",
            ".",
            "a.",
            ".b",
            "a.b.c",
            "a.b@",
            "a.b@1",
            "a b.c",
        ] {
            assert!(check_extension(extension).is_err(), "{extension}");
        }
    }
}
