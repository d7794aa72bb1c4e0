//! The snapshots that deleted volumes leave.

use super::call::{self, EC2};
use super::session::{Session, Stopped};

/// The newest snapshot of a volume, which may no longer exist; none if there is none.
pub(crate) async fn newest(session: &Session, volume: &str) -> Result<Option<String>, Stopped> {
    let parameters = [
        ("Owner.1", "self"),
        ("Filter.1.Name", "volume-id"),
        ("Filter.1.Value.1", volume),
    ];
    let parameters = parameters.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let call = call::query(session.config(), &EC2, "DescribeSnapshots", &parameters);
    let found = session.call("DescribeSnapshots", call).await?;
    let snapshots = found.all("snapshotSet/item").into_iter();
    // Times in this format are in the order of their text.
    let newest = snapshots.max_by_key(|item| item.text("startTime").unwrap_or_default());
    Ok(newest.and_then(|item| item.text("snapshotId").map(str::to_owned)))
}
