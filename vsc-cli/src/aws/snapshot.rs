//! Snapshots of volumes: Amazon EC2 API Reference.

use super::call::{self, EC2, Element};
use super::ec2_tags::{Ec2Tags, filter, specification};
use super::event;
use super::session::{Session, Stopped};
use super::volume::pages;

/// A snapshot of a volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Snapshot {
    pub(crate) id: String,
    pub(crate) volume: String,
    /// When it was begun, whose state it has, in seconds since 1970.
    pub(crate) time: i64,
    /// The size of the volume in GiB.
    pub(crate) size: u64,
    /// `pending`, `completed`, `error` …
    pub(crate) state: String,
    /// How much of it is stored: `43%`.
    pub(crate) progress: String,
    pub(crate) description: String,
    pub(crate) tags: Ec2Tags,
}

impl Snapshot {
    fn of(item: &Element) -> Self {
        let text = |path: &str| item.text(path).unwrap_or_default().to_owned();
        let time = item.text("startTime").and_then(event::seconds);
        Self {
            id: text("snapshotId"),
            volume: text("volumeId"),
            time: time.unwrap_or_default(),
            size: text("volumeSize").parse().unwrap_or_default(),
            state: text("status"),
            progress: text("progress"),
            description: text("description"),
            tags: Ec2Tags::of(item),
        }
    }

    /// Whether a volume can be created of it.
    pub(crate) fn is_complete(&self) -> bool {
        self.state == "completed"
    }
}

/// The snapshots of the account whose filter has one of these values.
pub(crate) async fn list(
    session: &Session,
    name: &str,
    values: &[&str],
) -> Result<Vec<Snapshot>, Stopped> {
    let mut parameters = vec![("Owner.1".to_owned(), "self".to_owned())];
    parameters.extend(filter(1, name, values));
    let pages = pages(session, "DescribeSnapshots", parameters).await?;
    let snapshots = pages.iter().flat_map(|page| page.all("snapshotSet/item"));
    Ok(snapshots.map(Snapshot::of).collect())
}

/// The snapshot of this ID; none if there is none.
pub(crate) async fn describe(session: &Session, id: &str) -> Result<Option<Snapshot>, Stopped> {
    let parameters = vec![("SnapshotId.1".to_owned(), id.to_owned())];
    match pages(session, "DescribeSnapshots", parameters).await {
        Ok(pages) => {
            let mut items = pages.iter().flat_map(|page| page.all("snapshotSet/item"));
            Ok(items.next().map(Snapshot::of))
        }
        Err(Stopped::Failed(error)) if error.code().starts_with("InvalidSnapshot") => Ok(None),
        Err(stopped) => Err(stopped),
    }
}

/// Begins a snapshot of a volume, with tags. It has the state of this moment, whenever it is complete.
pub(crate) async fn create(
    session: &Session,
    volume: &str,
    description: &str,
    tags: &[(&str, &str)],
) -> Result<Snapshot, Stopped> {
    let mut parameters = vec![
        ("VolumeId".to_owned(), volume.to_owned()),
        ("Description".to_owned(), description.to_owned()),
    ];
    parameters.extend(specification("snapshot", tags));
    let call = call::query(session.config(), &EC2, "CreateSnapshot", &parameters);
    let answer = session.call("CreateSnapshot", call).await?;
    Ok(Snapshot::of(&answer))
}
