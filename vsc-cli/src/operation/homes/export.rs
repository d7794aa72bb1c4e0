//! `homes export`: an archive of a home, in a bucket or on this machine.

use std::path::PathBuf;

use super::archive;
use crate::Failure;
use crate::assembly::Stack;
use crate::aws::event::timestamp;
use crate::aws::host_report::now;
use crate::aws::io::{BucketUse, Event};
use crate::aws::object::{self, ObjectPath};
use crate::aws::session::{Session, Stopped};
use crate::aws::template_bucket;
use crate::operation::each::Target;
use crate::operation::on_host;
use crate::text::shown;

/// What to do without a bucket of ours.
const OTHERWISE: &str = "pass a bucket of yours with `--bucket`, or pass `--yes`";

/// The options of the command.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) to: Destination,
    /// The bucket through which an archive comes to this machine; ours without one.
    pub(crate) bucket: Option<String>,
    /// Whether a bucket is created without asking.
    pub(crate) yes: bool,
}

/// Where the archive goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// A file on this machine; without a name it is called after stack, home and day.
    File(Option<PathBuf>),
    /// An object.
    Object(ObjectPath),
}

impl Destination {
    /// The destination of an argument: a file, or `s3://bucket/key`.
    ///
    /// # Errors
    ///
    /// When the URL has no bucket.
    pub(crate) fn of(text: Option<&str>, home: &str) -> Result<Self, Failure> {
        let Some(text) = text else {
            return Ok(Self::File(None));
        };
        let Some(rest) = text.strip_prefix("s3://") else {
            return Ok(Self::File(Some(PathBuf::from(text))));
        };
        let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(Failure::usage(format!("`--to {text}` names no bucket"))
                .hint("write s3://BUCKET/KEY"));
        }
        let mut key = key.to_owned();
        // A folder, as in other tools for S3.
        if key.is_empty() || key.ends_with('/') {
            key.push_str(home);
            key.push_str(".tar.gz");
        }
        Ok(Self::Object(ObjectPath {
            bucket: bucket.to_owned(),
            key,
        }))
    }
}

/// An exported home.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exported {
    pub(crate) home: String,
    /// The file or the URL.
    pub(crate) to: String,
    /// The size of the archive in bytes.
    pub(crate) bytes: u64,
    pub(crate) sha256: Option<String>,
}

/// Exports a home.
///
/// # Errors
///
/// When there is no such home, the file exists, or the transfer fails.
pub(crate) fn run(
    target: &Target,
    stack: &Stack,
    name: &str,
    options: &Options,
) -> Result<Exported, Failure> {
    super::check_name(name)?;
    let file = match &options.to {
        Destination::File(Some(file)) => Some(file.clone()),
        Destination::File(None) => Some(default_file(stack, name)),
        Destination::Object(_) => None,
    };
    if let Some(file) = file.as_ref().filter(|file| file.exists()) {
        return Err(
            Failure::input(format!("{} exists", shown(file))).hint("pass another file with `--to`")
        );
    }
    target.on(stack, async |session| match (&options.to, file) {
        (Destination::Object(object), _) => to_object(session, stack, name, object).await,
        (_, Some(file)) => to_file(session, stack, name, &file, options).await,
        // A destination is a file or an object.
        (Destination::File(_), None) => Err(Failure::usage("no file is given")),
    })
}

/// `team-alice-2026-11-25.tar.gz`, in the current folder.
fn default_file(stack: &Stack, name: &str) -> PathBuf {
    let today = timestamp(now());
    let day = today.get(..10).unwrap_or(&today);
    // Not every file system accepts the colons of a time.
    let name = name.replace(':', "");
    PathBuf::from(format!("{}-{name}-{day}.tar.gz", stack.name))
}

async fn to_object(
    session: &Session,
    stack: &Stack,
    name: &str,
    object: &ObjectPath,
) -> Result<Exported, Failure> {
    let instance = on_host::running(session, stack).await?;
    let homes = super::of(session, stack, &instance.id).await?;
    let home = super::named(homes, name, stack)?;
    let archive = archive::send(session, stack, &instance.id, &home, object.clone()).await?;
    Ok(exported(session, archive, name, object.url()))
}

async fn to_file(
    session: &Session,
    stack: &Stack,
    name: &str,
    file: &PathBuf,
    options: &Options,
) -> Result<Exported, Failure> {
    let instance = on_host::running(session, stack).await?;
    let homes = super::of(session, stack, &instance.id).await?;
    let home = super::named(homes, name, stack)?;
    let (bucket, is_ours) = match &options.bucket {
        Some(bucket) => (bucket.clone(), false),
        None => {
            let account = session.identity().await?.account;
            let (usage, yes) = (BucketUse::Archive, options.yes);
            let own = template_bucket::own(session, &stack.name, &account, usage, yes, OTHERWISE);
            (own.await?, true)
        }
    };
    let object = ObjectPath {
        bucket,
        key: format!("homes/{}/{name}.tar.gz", stack.name),
    };
    if is_ours {
        archive::clean(session, &object).await?;
    }
    let archive = archive::send(session, stack, &instance.id, &home, object.clone()).await?;
    let downloaded = archive::download(session, &archive, file).await;
    let deleted = object::delete(&session.uninterrupted(), &object).await;
    match (downloaded, deleted) {
        (Ok(()), Ok(())) => Ok(exported(session, archive, name, shown(file))),
        (Ok(()), Err(Stopped::Failed(error))) => Err(error.failure(&format!(
            "the archive is in {}; {}",
            shown(file),
            left(&object)
        ))),
        (Ok(()), Err(stopped)) => Err(stopped.failure(&left(&object))),
        (Err(failure), Ok(())) => Err(failure.state("nothing is left in the bucket")),
        (Err(failure), Err(_)) => Err(failure.state(left(&object))),
    }
}

/// The state if the object is not deleted.
fn left(object: &ObjectPath) -> String {
    let url = object.url();
    format!("{url} is left: delete it with `aws s3 rm {url}`")
}

fn exported(session: &Session, archive: archive::Archive, home: &str, to: String) -> Exported {
    session.io.report(Event::HomeExported {
        home,
        to: &to,
        bytes: archive.bytes,
    });
    Exported {
        home: home.to_owned(),
        to,
        bytes: archive.bytes,
        sha256: archive.sha256,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::scripted::message;

    #[test]
    fn a_destination_is_a_file_or_an_object() {
        let of = |text| Destination::of(Some(text), "alice");
        let object = |bucket: &str, key: &str| {
            Destination::Object(ObjectPath {
                bucket: bucket.to_owned(),
                key: key.to_owned(),
            })
        };
        for (text, expected) in [
            ("a.tgz", Destination::File(Some(PathBuf::from("a.tgz")))),
            ("s3://acme/x/a.tgz", object("acme", "x/a.tgz")),
            ("s3://acme/x/", object("acme", "x/alice.tar.gz")),
            ("s3://acme", object("acme", "alice.tar.gz")),
        ] {
            assert_eq!(of(text).expect("it is right"), expected, "{text}");
        }
        assert!(matches!(
            Destination::of(None, "alice"),
            Ok(Destination::File(None))
        ));
        assert_eq!(
            message(of("s3:///key")),
            "usage: `--to s3:///key` names no bucket\n= help: write s3://BUCKET/KEY"
        );
    }
}
