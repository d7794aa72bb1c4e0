//! The equipment of a workspace: a repository and extensions.

use super::checked_text::checked_text;
use super::host_name;
use crate::const_diagnostic::ConstDiagnostic;
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

/// Validates the URL of a repository.
pub(super) const fn check_repo(repo: &str) -> Result<(), ConstDiagnostic> {
    let Some(rest) = text::strip_prefix(repo, "https://") else {
        let diagnostic = not_a_repo(repo).note("the URL of a repository begins with `https://`");
        return Err(match meant_repo(repo) {
            Some((host, path)) => diagnostic
                .help("write \"https://")
                .text(host)
                .text("/")
                .text(path)
                .text("\""),
            None => diagnostic.help(EXAMPLE),
        });
    };
    let bytes = rest.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'@' {
            return Err(not_a_repo(repo)
                .note("the user name and password would be readable in the template")
                .help("remove the part before the `@`; developers log in to Git themselves"));
        }
        if !bytes[at].is_ascii_alphanumeric() && !text::contains("-._~/:+%", bytes[at]) {
            return Err(not_a_repo(repo)
                .note("")
                .character(text::character_at(rest, at))
                .text(" is not allowed in a URL")
                .help(EXAMPLE));
        }
        at += 1;
    }
    if repo.len() > 1_024 {
        return Err(not_a_repo(repo)
            .note("it has more than 1,024 characters")
            .help(EXAMPLE));
    }
    let (host, path) = text::next_part(rest, b'/');
    let (host, port) = text::next_part(host, b':');
    let lower = text::lower::<254>(host);
    let port_is_wrong = match port {
        Some(port) => !text::is_number(port),
        None => false,
    };
    if host_name::check(lower.as_str()).is_err() || port_is_wrong {
        return Err(not_a_repo(repo)
            .note("")
            .quoted(text::before(rest, b'/'))
            .text(" is not a host name")
            .help(EXAMPLE));
    }
    match path {
        Some(path) if !path.is_empty() => check_path(repo, path),
        _ => Err(not_a_repo(repo).note("it has no path").help(EXAMPLE)),
    }
}

/// Validates the path after the host. Its last part becomes the name of a folder.
const fn check_path(repo: &str, path: &str) -> Result<(), ConstDiagnostic> {
    let (mut part, mut rest) = text::next_part(path, b'/');
    loop {
        let note = match part.as_bytes() {
            b"." | b".." => "a part of its path is `.` or `..`",
            b".git" => "a part of its path is `.git`",
            // Without `.git` at its end it is the name of an existing folder.
            b"..git" | b"...git" => "a part of its path is `.` or `..`, followed by `.git`",
            // A trailing slash separates no parts.
            b"" if rest.is_some() => "a part of its path is empty",
            _ if has_broken_escape(part) => "a `%` has to be followed by two hexadecimal digits",
            _ => match rest {
                Some(more) => {
                    (part, rest) = text::next_part(more, b'/');
                    continue;
                }
                None => return Ok(()),
            },
        };
        return Err(not_a_repo(repo).note(note).help(EXAMPLE));
    }
}

const fn has_broken_escape(part: &str) -> bool {
    let bytes = part.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let whole = at + 2 < bytes.len()
            && bytes[at + 1].is_ascii_hexdigit()
            && bytes[at + 2].is_ascii_hexdigit();
        if bytes[at] == b'%' && !whole {
            return true;
        }
        at += 1;
    }
    false
}

const EXAMPLE: &str = "for example \"https://github.com/rust-lang/rust-analyzer\"";

const fn not_a_repo(repo: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(repo)
        .text(" is not a valid repository URL")
}

/// The host and the path of a URL that lacks `https://`, or has another scheme: `git@x.com:a/b`.
const fn meant_repo(repo: &str) -> Option<(&str, &str)> {
    let bare = match text::split_once(repo, b':') {
        Some((_, rest)) if text::starts_with(rest, "//") => rest.split_at(2).1,
        _ => repo,
    };
    let (bare, separator) = match text::strip_prefix(bare, "git@") {
        Some(bare) => (
            bare,
            if text::starts_with(repo, "git@") {
                b':'
            } else {
                b'/'
            },
        ),
        None => (bare, b'/'),
    };
    let Some((host, path)) = text::split_once(bare, separator) else {
        return None;
    };
    // A suggestion has no errors.
    let known = host_name::check(host).is_ok() && !path.is_empty() && check_path("", path).is_ok();
    let mut at = 0;
    while at < path.len() {
        let byte = path.as_bytes()[at];
        if !byte.is_ascii_alphanumeric() && !text::contains("-._~/+%", byte) {
            return None;
        }
        at += 1;
    }
    if known && repo.len() <= 1_000 {
        Some((host, path))
    } else {
        None
    }
}

/// Validates the ID of an extension.
pub(super) const fn check_extension(extension: &str) -> Result<(), ConstDiagnostic> {
    const EXAMPLE: &str = "for example \"rust-lang.rust-analyzer\"";
    let (id, version) = text::next_part(extension, b'@');
    let Some((publisher, name)) = text::split_once(id, b'.') else {
        return Err(not_an_extension(extension)
            .note("an extension ID is `publisher.name`")
            .help(EXAMPLE));
    };
    if !is_identifier(publisher) || !is_identifier(name) {
        return Err(not_an_extension(extension)
            .note("the publisher and the name have letters, digits and hyphens")
            .help(EXAMPLE));
    }
    if extension.len() > 255 {
        return Err(not_an_extension(extension)
            .note("it has more than 255 characters")
            .help(EXAMPLE));
    }
    match version {
        Some(version) if !is_version(version) => Err(not_an_extension(extension)
            .note("`@` is followed by a version such as 1.2.3")
            .help(EXAMPLE)),
        _ => Ok(()),
    }
}

const fn not_an_extension(extension: &str) -> ConstDiagnostic {
    ConstDiagnostic::new("")
        .quoted(extension)
        .text(" is not a valid extension ID")
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
        let reported = |repo: &str| check_repo(repo).expect_err(repo).to_string();
        for (repo, written) in [
            ("http://x.com/a", "https://x.com/a"),
            ("git@github.com:a/b", "https://github.com/a/b"),
            ("ssh://git@github.com/a/b", "https://github.com/a/b"),
            ("github.com/a/b", "https://github.com/a/b"),
        ] {
            let help = format!("write \"{written}\"");
            assert!(reported(repo).ends_with(&help), "{}", reported(repo));
            assert!(check_repo(written).is_ok(), "{written}");
        }
        for repo in [
            "http://x.com",
            "http://me@x.com/a",
            "http://x.com/a b",
            "http://x.com/..",
        ] {
            assert!(
                !reported(repo).contains("help: write"),
                "{}",
                reported(repo)
            );
        }
        assert!(check_repo("https://x.com/a/").is_ok());
        assert!(
            reported("https://me:secret@x.com/a").contains("would be readable in the template")
        );
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
            "https://x.com/a/..",
            "https://x.com/..",
            "https://x.com/.",
            "https://x.com/a/../b",
            "https://x.com/a/./b",
            "https://x.com/a//b",
            "https://x.com//",
            "https://x.com/.git",
            "https://x.com/a/..git",
            "https://x.com/a/...git",
            "https://x.com/a%2",
            "https://x.com/a%zz",
            "https://x.com/a%4z",
            "https://x.com/a%z4",
            "https://x.com/%",
        ] {
            reported(repo);
        }
        assert!(check_repo("https://x.com/%41/a%2Fb").is_ok());
        let long = |length: usize| format!("https://x.com/{}", "a".repeat(length - 14));
        assert!(check_repo(&long(1_024)).is_ok());
        assert!(reported(&long(1_025)).contains("it has more than 1,024 characters"));
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
            "-a.b",
            "a.-b",
            "a.b@1.2.3.4",
            "a.b@1.2.x",
        ] {
            assert!(check_extension(extension).is_err(), "{extension}");
        }
        let long = |length: usize| format!("a.{}", "b".repeat(length - 2));
        assert!(check_extension(&long(255)).is_ok());
        let message = check_extension(&long(256)).expect_err("too long");
        assert!(
            message
                .to_string()
                .contains("it has more than 255 characters")
        );
    }
}
