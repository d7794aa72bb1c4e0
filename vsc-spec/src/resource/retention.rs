//! What becomes of a resource that leaves a stack.

use super::resource_attributes::SNAPSHOTS;
use super::shape::ResourceType;

/// What CloudFormation does with a resource that it no longer needs: AWS CloudFormation Template
/// Reference, "`DeletionPolicy` attribute".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Retention {
    /// It stays, outside of the stack.
    Retained,
    /// A snapshot of it stays.
    Snapshot,
    /// It is deleted.
    Deleted,
}

/// Types that keep what users made: with the resource, it is gone.
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
    /// Whether resources of this type keep data that goes with them.
    pub fn holds_data(&self) -> bool {
        DATA.contains(&self.name.as_str()) || SNAPSHOTS.contains(&self.name.as_str())
    }

    /// What the value of `DeletionPolicy` means for a resource of this type; `clustered` is whether
    /// a DB instance belongs to a cluster.
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

/// What the value of `UpdateReplacePolicy` means.
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
    fn databases_leave_a_snapshot_unless_they_are_reported_otherwise() {
        let instance = find("AWS::RDS::DBInstance").expect("the type exists");
        assert_eq!(instance.deleted_with(None, false), Retention::Snapshot);
        assert_eq!(instance.deleted_with(None, true), Retention::Deleted);
        let policy = instance.deleted_with(Some("Delete"), false);
        assert_eq!(policy, Retention::Deleted);
        assert_eq!(replaced_with(None), Retention::Deleted);
    }
}
