//! Packs the files that are the same on every host.
//!
//! Their table is `vsc_core::team_ide::HOST_FILES`. Comments are removed: every byte of a template counts
//! against the 51,200 that CloudFormation accepts in a call.

use std::io;

use bzip2::Compression;
use bzip2::write::BzEncoder;
use tar::{Builder, Header};
use vsc_core::team_ide::HOST_FILES;
use vsc_core::template::encode_base64;

/// The archive in base64: the same bytes for the same files.
pub(crate) fn pack() -> io::Result<String> {
    let compressed = BzEncoder::new(Vec::new(), Compression::best());
    let mut archive = Builder::new(compressed);
    for file in HOST_FILES {
        let content = without_comments(file.content);
        let mut header = Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(if file.is_executable { 0o755 } else { 0o644 });
        for set in [Header::set_uid, Header::set_gid, Header::set_mtime] {
            set(&mut header, 0);
        }
        let path = file.path.trim_start_matches('/');
        archive.append_data(&mut header, path, content.as_bytes())?;
    }
    Ok(encode_base64(&archive.into_inner()?.finish()?))
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
    use std::io::{Read, Write};
    use std::process::{Command, Stdio};

    use bzip2::read::BzDecoder;
    use tar::Archive;

    use super::*;
    use crate::workspace;

    /// The archive has the path, mode and content of each file in the tree.
    #[test]
    fn the_archive_holds_the_files_of_the_host() {
        let path = workspace().join("vsc-core/src/team_ide/boot/host.tar.bz2.b64");
        let encoded = std::fs::read(path).expect("it is there");
        let mut decode = Command::new("base64")
            .arg("--decode")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("base64 runs");
        let mut input = decode.stdin.take().expect("it is piped");
        input.write_all(&encoded).expect("it reads");
        drop(input);
        let packed = decode.wait_with_output().expect("it ends").stdout;

        let mut archive = Archive::new(BzDecoder::new(packed.as_slice()));
        let mut found = BTreeMap::new();
        for entry in archive.entries().expect("it is an archive") {
            let mut entry = entry.expect("it is whole");
            let path = entry.path().expect("it is text").display().to_string();
            let mode = entry.header().mode().expect("it is a number");
            let owner = entry.header().uid().expect("it is a number");
            let mut text = String::new();
            entry.read_to_string(&mut text).expect("it is text");
            found.insert(format!("/{path}"), (mode, owner, text));
        }
        let declared = HOST_FILES.iter().map(|file| {
            let mode = if file.is_executable { 0o755 } else { 0o644 };
            let content = without_comments(file.content);
            (file.path.to_owned(), (mode, 0, content))
        });
        let declared: BTreeMap<_, _> = declared.collect();
        assert_eq!(declared.len(), HOST_FILES.len(), "a path is duplicated");
        assert!(
            found == declared,
            "the archive is out of date: run `cargo xtask host-files`"
        );
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
