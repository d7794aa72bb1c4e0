//! Resources that leave a stack: retained, kept as a snapshot, or deleted.

use super::resource_attributes::SNAPSHOTS;
use super::shape::ResourceType;

/// What CloudFormation does with a resource that is removed: AWS CloudFormation Template
/// Reference, "`DeletionPolicy` attribute".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Retention {
    /// It is kept outside of the stack.
    Retained,
    /// A snapshot of it is kept.
    Snapshot,
    /// It is deleted.
    Deleted,
}

/// Types that hold users' data, which is deleted with the resource.
const DATA: &[&str] = &[
    "AWS::Backup::BackupVault",
    "AWS::CodeCommit::Repository",
    "AWS::Cognito::UserPool",
    "AWS::DocDB::DBCluster",
    "AWS::DocDB::DBInstance",
    "AWS::DynamoDB::GlobalTable",
    "AWS::DynamoDB::Table",
    "AWS::EC2::Instance",
    "AWS::EC2::Volume",
    "AWS::ECR::Repository",
    "AWS::EFS::FileSystem",
    "AWS::ElastiCache::CacheCluster",
    "AWS::ElastiCache::ReplicationGroup",
    "AWS::Elasticsearch::Domain",
    "AWS::FSx::FileSystem",
    "AWS::FSx::Volume",
    "AWS::KMS::Key",
    "AWS::Kinesis::Stream",
    "AWS::Logs::LogGroup",
    "AWS::Neptune::DBCluster",
    "AWS::Neptune::DBInstance",
    "AWS::OpenSearchService::Domain",
    "AWS::QLDB::Ledger",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
    "AWS::S3::Bucket",
    "AWS::SDB::Domain",
    "AWS::SQS::Queue",
    "AWS::SSM::Parameter",
    "AWS::SecretsManager::Secret",
    "AWS::Timestream::Database",
    "AWS::Timestream::Table",
];

impl ResourceType {
    /// Whether resources of this type hold data that is deleted with them.
    pub fn holds_data(&self) -> bool {
        DATA.contains(&self.name.as_str()) || SNAPSHOTS.contains(&self.name.as_str())
    }

    /// The retention by `DeletionPolicy` for a resource of this type; `clustered` is whether a DB instance
    /// belongs to a cluster.
    pub fn deleted_with(&self, policy: Option<&str>, clustered: bool) -> Retention {
        match policy {
            // "The default policy is Snapshot for AWS::RDS::DBCluster resources and for
            // AWS::RDS::DBInstance resources that don't specify the DBClusterIdentifier property."
            None if self.name == "AWS::RDS::DBCluster"
                || (self.name == "AWS::RDS::DBInstance" && !clustered) =>
            {
                Retention::Snapshot
            }
            policy => replaced_with(policy),
        }
    }
}

/// The retention by `UpdateReplacePolicy`.
pub fn replaced_with(policy: Option<&str>) -> Retention {
    match policy {
        Some("Retain" | "RetainExceptOnCreate") => Retention::Retained,
        Some("Snapshot") => Retention::Snapshot,
        _ => Retention::Deleted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::find;

    #[test]
    fn every_type_with_data_exists() {
        for name in DATA {
            assert!(find(name).is_some(), "{name}");
        }
    }

    #[test]
    fn databases_leave_a_snapshot_by_default() {
        let instance = find("AWS::RDS::DBInstance").expect("the type exists");
        assert_eq!(instance.deleted_with(None, false), Retention::Snapshot);
        assert_eq!(instance.deleted_with(None, true), Retention::Deleted);
        let policy = instance.deleted_with(Some("Delete"), false);
        assert_eq!(policy, Retention::Deleted);
        assert_eq!(replaced_with(None), Retention::Deleted);
    }
}
