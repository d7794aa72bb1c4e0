//! What is kept, and whether it is encrypted and private.

use vsc_spec::{Finding, Json};

use super::super::Rule;
use super::super::report::Report;
use super::{Subject, is_false};

pub(super) fn check(subject: Subject<'_>, report: &mut Report) {
    let properties = subject.properties;
    match subject.type_name {
        // A snapshot that is encrypted makes a volume that is.
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
            // What belongs to a cluster or comes from a snapshot is as these are.
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
        "AWS::S3::Bucket" => bucket(properties, report),
        _ => {}
    }
}

fn encrypted(properties: &Json, name: &str, what: &str, report: &mut Report) {
    let value = properties.get(name);
    let finding = Finding::new(format!("{what} is not encrypted"))
        .why("a copy of its disks or snapshots can be read by whoever gets it")
        .help(format!("add `{name}: true`"));
    match value {
        None => report.name(Rule::Unencrypted, finding),
        value if is_false(value) => {
            let finding = finding.help(format!("write `{name}: true`"));
            report.at(name, |report| report.value(Rule::Unencrypted, finding));
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

/// New buckets block public access unless they are told otherwise: Amazon S3 User Guide,
/// "Blocking public access".
fn bucket(properties: &Json, report: &mut Report) {
    let is_website = properties.get("WebsiteConfiguration").is_some();
    if let Some(acl @ ("PublicRead" | "PublicReadWrite" | "AuthenticatedRead")) =
        properties.get("AccessControl").and_then(Json::as_str)
    {
        let finding = Finding::new(format!("the bucket is open to the public: `{acl}`"))
            .why("everybody can list it and read what is in it")
            .help("leave `AccessControl` out, and serve files through CloudFront");
        report.at("AccessControl", |report| {
            report.value(Rule::PublicBucket, finding);
        });
    }
    let Some(block) = properties.get("PublicAccessBlockConfiguration") else {
        return;
    };
    for name in [
        "BlockPublicAcls",
        "BlockPublicPolicy",
        "IgnorePublicAcls",
        "RestrictPublicBuckets",
    ] {
        // A website in a bucket is public by intention.
        if is_false(block.get(name)) && !is_website {
            let finding = Finding::new(format!("`{name}` is off: the bucket can become public"))
                .why("new buckets have it on; one careless policy opens this one")
                .help(format!("write `{name}: true`"));
            report.along(&["PublicAccessBlockConfiguration", name], |report| {
                report.value(Rule::PublicBucket, finding);
            });
        }
    }
}
