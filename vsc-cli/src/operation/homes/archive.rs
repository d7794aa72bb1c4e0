//! The transfer of an archive from the host into a bucket, and from there to this machine.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Failure;
use crate::assembly::Stack;
use crate::aws::call::PresignedParts;
use crate::aws::home::Home;
use crate::aws::host_report::now;
use crate::aws::io::Event;
use crate::aws::object::{self, ObjectPath};
use crate::aws::run_command;
use crate::aws::session::{Session, Stopped};
use crate::aws::shell::argument;
use crate::aws::tool_script::EXPORT;
use crate::aws::upload::{self, Part, Upload};
use crate::operation::on_host;
use crate::text::shown;

/// How long the host may take, and its URLs are valid: 10 GiB take some minutes.
const LONGEST: Duration = Duration::from_secs(6 * 3_600);

/// The size of small parts: the host stores one at a time.
const SMALLEST: u64 = 64 << 20;

/// The size of the largest part: "Amazon S3 multipart upload limits", Amazon S3 User Guide.
const LARGEST: u64 = 5 << 30;

/// The number of parts of an archive of the expected size. Their signatures, of 65 characters each, are
/// in the command for the host.
const PARTS: u64 = 150;

/// The bytes of a download that are requested at a time: a slow line receives them within `--timeout`.
const CHUNK: u64 = 4 << 20;

/// The parts of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// The size of each part but the last, in bytes.
    size: u64,
    /// The most parts.
    count: u32,
}

impl Plan {
    /// The parts of the archive of a home. It may grow meanwhile, and an archive has a header for each
    /// file: there are URLs for a third more. None if it is too large.
    pub(super) fn of(home: &Home) -> Option<Self> {
        let used = home
            .used_mib
            .unwrap_or(home.size_mib)
            .saturating_mul(1 << 20);
        // Whole MiB.
        let size = (used / PARTS).div_ceil(1 << 20) << 20;
        let size = size.max(SMALLEST);
        let count = used.div_ceil(size) * 4 / 3 + 4;
        let count = u32::try_from(count).ok()?;
        (size <= LARGEST).then_some(Self { size, count })
    }
}

/// An archive in a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Archive {
    pub(super) object: ObjectPath,
    /// Its size in bytes.
    pub(super) bytes: u64,
    /// Its SHA-256, as the host computed it.
    pub(super) sha256: Option<String>,
    /// The entity tag of the object.
    tag: String,
}

/// Aborts uploads of an object that can no longer continue, since their URLs are no longer valid.
pub(super) async fn clean(session: &Session, object: &ObjectPath) -> Result<(), Stopped> {
    let longest = i64::try_from(LONGEST.as_secs()).unwrap_or(i64::MAX);
    for upload in upload::begun_before(session, object, now() - longest).await? {
        upload::abort(session, &upload).await?;
    }
    Ok(())
}

/// Makes the host archive a home and upload it.
///
/// # Errors
///
/// When the bucket or the host rejects it, or the user interrupts; then nothing stays in the bucket.
pub(super) async fn send(
    session: &Session,
    stack: &Stack,
    instance: &str,
    home: &Home,
    object: ObjectPath,
) -> Result<Archive, Failure> {
    let plan = Plan::of(home).ok_or_else(|| {
        Failure::input(format!(
            "the home of {} is too large for an archive",
            home.name
        ))
        .note("S3 accepts parts of up to 5 GiB, and a command has the URLs of 150 of them")
    })?;
    session.io.report(Event::Archiving {
        home,
        object: &object.url(),
    });
    // Its ID is waited for even after an interruption, to abort it.
    let begun = upload::begin(&session.uninterrupted(), object.clone()).await;
    let upload = begun.map_err(|stopped| of_bucket(stopped, session, &object.bucket))?;
    let sent = send_parts(session, stack, instance, home, &upload, plan).await;
    match sent {
        Ok(sent) => Ok(Archive {
            object,
            bytes: sent.bytes,
            sha256: sent.sha256,
            tag: sent.tag,
        }),
        Err(failure) => {
            let session = session.uninterrupted();
            let state = match upload::abort(&session, &upload).await {
                Ok(()) => "nothing is left in the bucket".to_owned(),
                Err(_) => format!(
                    "an incomplete upload is left: remove it with `aws s3api abort-multipart-upload --bucket {} --key {} --upload-id {}`",
                    object.bucket, object.key, upload.id
                ),
            };
            Err(failure.state(state))
        }
    }
}

/// What was sent.
struct Sent {
    bytes: u64,
    sha256: Option<String>,
    tag: String,
}

async fn send_parts(
    session: &Session,
    stack: &Stack,
    instance: &str,
    home: &Home,
    upload: &Upload,
    plan: Plan,
) -> Result<Sent, Failure> {
    let path = upload.object_path();
    let urls = PresignedParts::of(session.config(), &path, &upload.id, plan.count, LONGEST);
    let urls = urls
        .await
        .map_err(|error| Failure::aws(error.to_string()))?;
    let command = command(&home.name, plan.size, &urls);
    let output = run_command::run_long(session, instance, &command, LONGEST, async || Ok(())).await;
    let what = format!("the home of {} is not archived", home.name);
    let output = on_host::succeeded(stack, output, &what)?.output;
    let parts = upload::parts(session, upload).await?;
    let bytes = parts.iter().map(|part| part.size).sum();
    if !are_whole(&parts) || on_host::number(&output, "bytes") != Some(bytes) {
        return Err(Failure::aws(format!(
            "{what}: S3 has {bytes} bytes in {} parts, and the host has sent {} bytes",
            parts.len(),
            on_host::value(&output, "bytes").unwrap_or("an unknown number of")
        )));
    }
    let completed = upload::complete(session, upload, &parts).await?;
    let tag = completed
        .map_err(|message| Failure::aws(format!("S3 rejected the completed archive: {message}")))?;
    let sha256 = on_host::value(&output, "sha256").map(str::to_owned);
    Ok(Sent { bytes, sha256, tag })
}

/// Whether no part is missing.
fn are_whole(parts: &[Part]) -> bool {
    let mut numbered = (1..).zip(parts);
    !parts.is_empty() && numbered.all(|(number, part)| part.number == number)
}

/// The command for the host. The URLs come on standard input, so that no list of processes has them.
fn command(home: &str, size: u64, urls: &PresignedParts) -> String {
    let mut command = EXPORT.command(&format!(
        "{} {size} << 'END_OF_URLS'\n{}\n",
        argument(home),
        urls.base
    ));
    for signature in &urls.signatures {
        // Writing into a string cannot fail.
        _ = writeln!(command, "{signature}");
    }
    command + "END_OF_URLS\n"
}

/// The failure of a bucket.
fn of_bucket(stopped: Stopped, session: &Session, bucket: &str) -> Failure {
    match stopped {
        Stopped::Failed(error) if error.code() == "NoSuchBucket" => {
            Failure::input(format!("the bucket `{bucket}` does not exist"))
                .hint("create it, or pass another one")
        }
        // The endpoint of a region does not serve the buckets of others.
        Stopped::Failed(error)
            if [
                "PermanentRedirect",
                "AuthorizationHeaderMalformed",
                "IllegalLocationConstraintException",
            ]
            .contains(&error.code()) =>
        {
            Failure::input(format!("the bucket `{bucket}` is in another region")).hint(format!(
                "pass one in {}, the region of the stack",
                session.region()
            ))
        }
        stopped => stopped.into(),
    }
}

/// Downloads an archive into a file that does not exist yet. A file that is not complete has another name,
/// and is removed.
///
/// # Errors
///
/// When the file cannot be written, the object cannot be read, or the user interrupts.
pub(super) async fn download(
    session: &Session,
    archive: &Archive,
    file: &Path,
) -> Result<(), Failure> {
    session.io.report(Event::Downloading {
        object: &archive.object.url(),
    });
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = file.with_file_name(name);
    let failed = |error: std::io::Error| unwritable(&part, &error);
    // One that an earlier run left when it was killed.
    let _ = fs::remove_file(&part);
    let mut out = create(&part).map_err(failed)?;
    let received = receive(session, archive, &mut out, &part).await;
    session.io.report(Event::Followed);
    let written = received.and_then(|()| {
        let synced = out.sync_all().and_then(|()| fs::rename(&part, file));
        synced.map_err(|error| unwritable(file, &error))
    });
    if written.is_err() {
        let _ = fs::remove_file(&part);
    }
    written
}

async fn receive(
    session: &Session,
    archive: &Archive,
    out: &mut File,
    part: &Path,
) -> Result<(), Failure> {
    let chunks = archive.bytes.div_ceil(CHUNK);
    session.io.report(Event::Following {
        total: usize::try_from(chunks).unwrap_or_default(),
    });
    for chunk in 0..chunks {
        let from = chunk * CHUNK;
        let count = CHUNK.min(archive.bytes - from);
        let bytes = object::bytes(session, &archive.object, &archive.tag, from, count).await;
        let bytes = match bytes {
            Ok(bytes) if bytes.len() as u64 == count => bytes,
            Err(Stopped::Failed(error)) if error.code() != "PreconditionFailed" => {
                return Err(Stopped::Failed(error).into());
            }
            Err(Stopped::Interrupted) => return Err(Stopped::Interrupted.into()),
            _ => {
                return Err(Failure::aws(format!(
                    "{} has changed while it was downloaded",
                    archive.object.url()
                ))
                .hint(
                    "another export of this home is in progress: run the command again after it",
                ));
            }
        };
        let written = out.write_all(&bytes);
        written.map_err(|error| unwritable(part, &error))?;
        session.io.report(Event::Progress {
            done: usize::try_from(chunk + 1).unwrap_or_default(),
        });
    }
    Ok(())
}

/// Creates a file that only the user can read: a home has keys and passwords.
fn create(path: &PathBuf) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::input(format!("{}: {error}", shown(path)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::home::HomeState;
    use crate::aws::tool_script::called;

    fn home(size_mib: u64, used_mib: Option<u64>) -> Home {
        Home {
            name: "alice".to_owned(),
            size_mib,
            used_mib,
            state: HomeState::Present,
            returns: false,
        }
    }

    #[test]
    fn an_archive_has_few_parts_and_room_to_grow() {
        let plan = |used| Plan::of(&home(1 << 20, Some(used))).expect("it fits");
        for used in [0, 1, 63, 64, 10_240, 102_400, 500_000, 768_000] {
            let Plan { size, count } = plan(used);
            assert!((SMALLEST..=LARGEST).contains(&size), "{used}: {size}");
            assert!(count <= 210, "{used}: {count}");
            assert!(size * u64::from(count) > (used << 20) * 5 / 4, "{used}");
            assert_eq!(size % (1 << 20), 0);
        }
        assert_eq!(
            plan(0),
            Plan {
                size: SMALLEST,
                count: 4
            }
        );
        // Without a known use it is planned for the whole share.
        assert_eq!(Plan::of(&home(10_240, None)), Some(plan(10_240)));
        assert_eq!(Plan::of(&home(u64::MAX, None)), None);
        assert_eq!(Plan::of(&home(1 << 20, Some(1 << 20))), None);
    }

    #[test]
    fn a_missing_part_is_noticed() {
        let parts = |numbers: &[u32]| -> Vec<Part> {
            let xml = |number: &u32| Part::of_test(*number, 5);
            numbers.iter().map(xml).collect()
        };
        assert!(are_whole(&parts(&[1, 2, 3])));
        for numbers in [&[][..], &[2], &[1, 3]] {
            assert!(!are_whole(&parts(numbers)), "{numbers:?}");
        }
    }

    #[test]
    fn the_urls_come_on_standard_input() {
        let urls = PresignedParts {
            base: "https://s3/a?b=c".to_owned(),
            signatures: vec!["0a".to_owned(), "0b".to_owned()],
        };
        assert_eq!(
            called(&command("bob@2026", 5, &urls)),
            "export bob@2026 5 << 'END_OF_URLS'\nhttps://s3/a?b=c\n0a\n0b\nEND_OF_URLS\n"
        );
    }
}
