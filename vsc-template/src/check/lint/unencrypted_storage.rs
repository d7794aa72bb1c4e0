//! `unencrypted-storage`.

use vsc_spec::{Diagnostic, Json};

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::{Subject, is_false};

declare_lint! {
    /// Volumes, file systems and databases are encrypted.
    ///
    /// # Why
    ///
    /// Anyone with a copy of the disks or snapshots can read them. Encryption by KMS is free, and cannot be turned
    /// on later without a copy.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Disk:
    ///     Type: AWS::EC2::Volume
    ///     Properties:
    ///       AvailabilityZone: eu-west-1a
    ///       Size: 8
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Disk:
    ///     Type: AWS::EC2::Volume
    ///     Properties:
    ///       AvailabilityZone: eu-west-1a
    ///       Size: 8
    ///       Encrypted: true
    /// ```
    ///
    /// # Sources
    ///
    /// - Amazon EBS User Guide, "Amazon EBS encryption"
    /// - Amazon RDS User Guide, "Encrypting Amazon RDS resources"
    /// - AWS Security Hub, controls EC2.3, EFS.1 and RDS.3
    /// - checkov CKV_AWS_3
    pub const UNENCRYPTED_STORAGE: Warning = "unencrypted-storage";
}

fn unencrypted(storage: &str, help: String) -> Diagnostic {
    Diagnostic::new(format!("{storage} is not encrypted"))
        .note("anyone with a copy of its disks or snapshots can read them")
        .help(help)
}

/// Checks a resource.
pub(in crate::check) fn check(subject: Subject<'_>, report: &mut Report) {
    let properties = subject.properties;
    match subject.type_name {
        // A volume is encrypted if its snapshot is.
        "AWS::EC2::Volume" if properties.get("SnapshotId").is_none() => {
            encrypted(properties, "Encrypted", "the volume", report);
        }
        "AWS::EC2::Instance" | "AWS::AutoScaling::LaunchConfiguration" => {
            devices(properties, report);
        }
        "AWS::EC2::LaunchTemplate" => {
            if let Some(data) = properties.get("LaunchTemplateData") {
                report.at("LaunchTemplateData", |report| devices(data, report));
            }
        }
        "AWS::EFS::FileSystem" => encrypted(properties, "Encrypted", "the file system", report),
        "AWS::RDS::DBCluster" | "AWS::DocDB::DBCluster" | "AWS::Neptune::DBCluster" => {
            let is_restored = ["SnapshotIdentifier", "SourceDBClusterIdentifier"]
                .iter()
                .any(|name| properties.get(name).is_some());
            if !is_restored {
                encrypted(properties, "StorageEncrypted", "the cluster", report);
            }
        }
        "AWS::RDS::DBInstance" => {
            // An instance of a cluster or of a snapshot is encrypted if these are.
            let is_decided = [
                "DBClusterIdentifier",
                "DBSnapshotIdentifier",
                "SourceDBInstanceIdentifier",
            ]
            .iter()
            .any(|name| properties.get(name).is_some());
            if !is_decided {
                encrypted(properties, "StorageEncrypted", "the database", report);
            }
        }
        _ => {}
    }
}

fn encrypted(properties: &Json, name: &str, storage: &str, report: &mut Report) {
    match properties.get(name) {
        None => {
            let diagnostic = unencrypted(storage, format!("add `{name}: true`"));
            report.name(UNENCRYPTED_STORAGE, diagnostic);
        }
        value if is_false(value) => {
            let diagnostic = unencrypted(storage, format!("write `{name}: true`"));
            report.at(name, |report| report.value(UNENCRYPTED_STORAGE, diagnostic));
        }
        _ => {}
    }
}

fn devices(properties: &Json, report: &mut Report) {
    let devices = properties.get("BlockDeviceMappings");
    let devices = devices.and_then(Json::as_array).unwrap_or_default();
    for (index, device) in devices.iter().enumerate() {
        let Some(disk) = device.get("Ebs") else {
            continue;
        };
        if disk.as_object().is_none() || disk.get("SnapshotId").is_some() {
            continue;
        }
        report.at("BlockDeviceMappings", |report| {
            report.item(index, |report| {
                report.at("Ebs", |report| {
                    encrypted(disk, "Encrypted", "the volume", report);
                });
            });
        });
    }
}
