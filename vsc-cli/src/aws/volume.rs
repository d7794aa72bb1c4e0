//! Volumes of EC2: Amazon EC2 API Reference.

use std::time::Duration;

use tokio::time::Instant;

use super::call::{self, EC2, Element};
use super::ec2_tags::{Ec2Tags, filter, specification};
use super::event;
use super::session::{Session, Stopped};

/// The interval between two looks at a volume.
const INTERVAL: Duration = Duration::from_secs(2);

/// A volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Volume {
    pub(crate) id: String,
    /// `creating`, `available`, `in-use`, `deleting` …
    pub(crate) state: String,
    /// When it was created, in seconds since 1970.
    pub(crate) created: Option<i64>,
    pub(crate) attachment: Option<Attachment>,
    pub(crate) tags: Ec2Tags,
}

/// The attachment of a volume to an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attachment {
    pub(crate) instance: String,
    /// The name of the device, as it was chosen when it was attached: `/dev/sdg`.
    pub(crate) device: String,
    /// `attaching`, `attached`, `detaching`, `busy`.
    pub(crate) state: String,
}

impl Volume {
    fn of(item: &Element) -> Self {
        let text = |item: &Element, path: &str| item.text(path).unwrap_or_default().to_owned();
        let attachments = item.all("attachmentSet/item");
        Self {
            id: text(item, "volumeId"),
            state: text(item, "status"),
            created: item.text("createTime").and_then(event::seconds),
            attachment: attachments.first().map(|attachment| Attachment {
                instance: text(attachment, "instanceId"),
                device: text(attachment, "device"),
                state: text(attachment, "status"),
            }),
            tags: Ec2Tags::of(item),
        }
    }

    /// Whether an instance can use it.
    pub(crate) fn is_attached(&self) -> bool {
        let attachment = self.attachment.as_ref();
        attachment.is_some_and(|attachment| attachment.state == "attached")
    }

    /// Whether nothing uses it, so that it can be deleted.
    pub(crate) fn is_available(&self) -> bool {
        self.state == "available"
    }

    /// Whether it will never be usable.
    fn has_failed(&self) -> bool {
        ["error", "deleting", "deleted"].contains(&self.state.as_str())
    }
}

/// Creates a volume of a snapshot in a zone, with tags. A repeated call with the same token creates no
/// further one.
pub(crate) async fn create(
    session: &Session,
    snapshot: &str,
    zone: &str,
    token: &str,
    tags: &[(&str, &str)],
) -> Result<String, Stopped> {
    let mut parameters = vec![
        ("SnapshotId".to_owned(), snapshot.to_owned()),
        ("AvailabilityZone".to_owned(), zone.to_owned()),
        ("VolumeType".to_owned(), "gp3".to_owned()),
        ("ClientToken".to_owned(), token.to_owned()),
    ];
    parameters.extend(specification("volume", tags));
    let call = call::query(session.config(), &EC2, "CreateVolume", &parameters);
    let answer = session.call("CreateVolume", call).await?;
    Ok(answer.text("volumeId").unwrap_or_default().to_owned())
}

/// The volume of this ID; none if there is none, or no longer.
pub(crate) async fn describe(session: &Session, id: &str) -> Result<Option<Volume>, Stopped> {
    let parameters = vec![("VolumeId.1".to_owned(), id.to_owned())];
    match list(session, parameters).await {
        Ok(volumes) => Ok(volumes.into_iter().next()),
        Err(Stopped::Failed(error)) if error.code() == "InvalidVolume.NotFound" => Ok(None),
        Err(stopped) => Err(stopped),
    }
}

/// The volumes with a tag of this value.
pub(crate) async fn tagged(
    session: &Session,
    key: &str,
    value: &str,
) -> Result<Vec<Volume>, Stopped> {
    list(session, filter(1, &format!("tag:{key}"), &[value])).await
}

/// The volumes of an instance.
pub(crate) async fn attached_to(session: &Session, instance: &str) -> Result<Vec<Volume>, Stopped> {
    list(session, filter(1, "attachment.instance-id", &[instance])).await
}

async fn list(
    session: &Session,
    parameters: Vec<(String, String)>,
) -> Result<Vec<Volume>, Stopped> {
    let pages = pages(session, "DescribeVolumes", parameters).await?;
    let volumes = pages.iter().flat_map(|page| page.all("volumeSet/item"));
    Ok(volumes.map(Volume::of).collect())
}

/// All pages of a description.
pub(super) async fn pages(
    session: &Session,
    operation: &'static str,
    parameters: Vec<(String, String)>,
) -> Result<Vec<Element>, Stopped> {
    let mut pages: Vec<Element> = Vec::new();
    loop {
        let mut parameters = parameters.clone();
        let next = pages.last().and_then(|page| page.text("nextToken"));
        parameters.extend(next.map(|next| ("NextToken".to_owned(), next.to_owned())));
        let call = call::query(session.config(), &EC2, operation, &parameters);
        pages.push(session.call(operation, call).await?);
        if pages
            .last()
            .and_then(|page| page.text("nextToken"))
            .is_none()
        {
            return Ok(pages);
        }
    }
}

/// Attaches a volume to an instance as a device.
pub(crate) async fn attach(
    session: &Session,
    id: &str,
    instance: &str,
    device: &str,
) -> Result<(), Stopped> {
    let parameters = [
        ("VolumeId".to_owned(), id.to_owned()),
        ("InstanceId".to_owned(), instance.to_owned()),
        ("Device".to_owned(), device.to_owned()),
    ];
    let call = call::query(session.config(), &EC2, "AttachVolume", &parameters);
    session.call("AttachVolume", call).await?;
    Ok(())
}

/// Detaches a volume from an instance; one that is not attached needs nothing.
pub(crate) async fn detach(session: &Session, id: &str, instance: &str) -> Result<(), Stopped> {
    let instance = ("InstanceId".to_owned(), instance.to_owned());
    match on(session, "DetachVolume", id, Some(instance)).await {
        Err(Stopped::Failed(error)) if error.code() == "IncorrectState" => Ok(()),
        result => result,
    }
}

/// Deletes a volume.
pub(crate) async fn delete(session: &Session, id: &str) -> Result<(), Stopped> {
    on(session, "DeleteVolume", id, None).await
}

/// Calls an operation on a volume. One that does not exist needs nothing.
async fn on(
    session: &Session,
    operation: &'static str,
    id: &str,
    more: Option<(String, String)>,
) -> Result<(), Stopped> {
    let mut parameters = vec![("VolumeId".to_owned(), id.to_owned())];
    parameters.extend(more);
    let call = call::query(session.config(), &EC2, operation, &parameters);
    match session.call(operation, call).await {
        Ok(_) => Ok(()),
        Err(Stopped::Failed(error)) if error.code() == "InvalidVolume.NotFound" => Ok(()),
        Err(stopped) => Err(stopped),
    }
}

/// Sets a tag of a volume.
pub(crate) async fn tag(
    session: &Session,
    id: &str,
    key: &str,
    value: &str,
) -> Result<(), Stopped> {
    let parameters = [
        ("ResourceId.1".to_owned(), id.to_owned()),
        ("Tag.1.Key".to_owned(), key.to_owned()),
        ("Tag.1.Value".to_owned(), value.to_owned()),
    ];
    let call = call::query(session.config(), &EC2, "CreateTags", &parameters);
    session.call("CreateTags", call).await?;
    Ok(())
}

/// Waits until a volume is as it is wanted, at most this long, and not once it has failed; returns its state
/// then, none if it no longer exists. What is described may lag behind the calls ("Eventual consistency",
/// Amazon EC2 Developer Guide), so that every other state may be followed by the wanted one.
pub(crate) async fn until(
    session: &Session,
    id: &str,
    limit: Duration,
    is_wanted: impl Fn(&Volume) -> bool,
) -> Result<Option<Volume>, Stopped> {
    let since = Instant::now();
    loop {
        let volume = describe(session, id).await?;
        let has_ended = volume
            .as_ref()
            .is_none_or(|volume| is_wanted(volume) || volume.has_failed());
        if has_ended || since.elapsed() >= limit {
            return Ok(volume);
        }
        session.pause(INTERVAL).await?;
    }
}
