//! Packs the files that are the same on every host.
//!
//! Their table is `vsc_core::team_ide::HOST_FILES`. Comments are removed: they are most of a template, which
//! every deployment uploads.

use std::io::{self, Write as _};

use bzip2::Compression;
use bzip2::write::BzEncoder;
use vsc_core::team_ide::HOST_FILES;

/// The archive: the same text for the same files. Each file is its path, a line break and its content; zeros
/// separate files.
pub(crate) fn pack() -> io::Result<String> {
    let mut archive = BzEncoder::new(Vec::new(), Compression::best());
    for (index, file) in HOST_FILES.iter().enumerate() {
        let separator = if index == 0 { "" } else { "\0" };
        let content = without_comments(file.content);
        write!(archive, "{separator}{}\n{content}", file.path)?;
    }
    Ok(encode_base85(&archive.finish()?))
}

/// The digits of base 85 as in Python's `base64.b85encode`, but a comma instead of the dollar sign: linters look
/// for `${NAME}`. All are as they are in JSON.
const DIGITS: &[u8; 85] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#,%&()*+-;<=>?@^_`{|}~";

fn encode_base85(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 4 * 5 + 5);
    for chunk in bytes.chunks(4) {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        let word = u32::from_be_bytes(word);
        let digits = [85_u32.pow(4), 85_u32.pow(3), 85_u32.pow(2), 85, 1];
        for place in &digits[..=chunk.len()] {
            let digit = usize::try_from(word / place % 85).unwrap_or_default();
            text.push(char::from(DIGITS[digit]));
        }
    }
    text
}

/// What an archive of ASCII adds to a hash of FNV-1a, by the low seven bits of the hash before it, as Rust: the
/// fingerprint of a host's configs skips the archive with it.
pub(crate) fn sums(archive: &str) -> String {
    const PRIME: u64 = 0x0100_0000_01b3;
    let after = |hash: u64| {
        let bytes = archive.bytes();
        bytes.fold(hash, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(PRIME)
        })
    };
    let factor = archive
        .bytes()
        .fold(1_u64, |factor, _| factor.wrapping_mul(PRIME));
    let sums = (0..128).map(|low: u64| {
        let sum = after(low).wrapping_sub(low.wrapping_mul(factor));
        format!("    {sum:#018x},\n")
    });
    format!("[\n{}]\n", sums.collect::<String>())
}

/// The text without comment lines, but with `#!`.
fn without_comments(text: &str) -> String {
    let is_comment = |line: &&str| {
        let line = line.trim_start();
        line.starts_with('#') && !line.starts_with("#!")
    };
    text.lines()
        .filter(|line| !is_comment(line))
        .flat_map(|line| [line, "\n"])
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;
    use std::process::Command;

    use vsc_core::team_ide::UNPACK;

    use super::*;
    use crate::workspace;

    /// The command of the host makes each file, with its content and mode.
    #[test]
    fn the_archive_holds_the_files_of_the_host() {
        let folder = workspace().join("target/host-files");
        _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("it can be made");
        let archive = workspace().join("vsc-core/src/team_ide/boot/host.b85");
        fs::copy(archive, folder.join("host.b85")).expect("it is there");
        let folder = folder
            .canonicalize()
            .expect("it is there")
            .display()
            .to_string();
        // All but the move to the paths of the host.
        let unpack = UNPACK.replace("/var/lib/vsc", &folder);
        let (unpack, _) = unpack.split_once("&& cd host").expect("it is a part");
        let status = Command::new("bash").args(["-c", unpack]).status();
        assert!(status.is_ok_and(|status| status.success()), "{unpack}");

        let mut found = BTreeMap::new();
        let root = Path::new(&folder).join("host");
        let list = Command::new("find")
            .arg(&root)
            .args(["-type", "f"])
            .output();
        let list = list.expect("find runs").stdout;
        for path in String::from_utf8_lossy(&list).lines() {
            let text = fs::read_to_string(path).expect("it is text");
            let mode = fs::metadata(path)
                .expect("it is there")
                .permissions()
                .mode();
            let path = path
                .strip_prefix(&root.display().to_string())
                .expect("it is in it");
            found.insert(path.to_owned(), (mode & 0o777, text));
        }
        let declared = HOST_FILES.iter().map(|file| {
            let mode = if file.is_executable { 0o755 } else { 0o644 };
            let content = without_comments(file.content);
            assert!(!content.contains('\0'), "{}", file.path);
            (file.path.to_owned(), (mode, content))
        });
        let declared: BTreeMap<_, _> = declared.collect();
        assert_eq!(declared.len(), HOST_FILES.len(), "a path is duplicated");
        assert!(
            found == declared,
            "the archive is out of date: run `cargo xtask host-files`"
        );
    }

    #[test]
    fn the_digits_are_those_of_python() {
        let encoded = |bytes: &[u8]| encode_base85(bytes).replace(',', "$");
        // `base64.b85encode`
        for (bytes, expected) in [
            (&b""[..], ""),
            (b"a", "VE"),
            (b"ab", "VPX"),
            (b"abc", "VPaz"),
            (b"abcd", "VPa!s"),
            (b"\xff\xff\xff\xff\0", "|NsC000"),
        ] {
            assert_eq!(encoded(bytes), expected);
        }
    }

    #[test]
    fn comments_are_removed() {
        let text = "#!/bin/bash\n# Starts.\n\nrun # now\n  # Reason.\n#\nend '#'\n";
        assert_eq!(
            without_comments(text),
            "#!/bin/bash\n\nrun # now\nend '#'\n"
        );
    }
}
