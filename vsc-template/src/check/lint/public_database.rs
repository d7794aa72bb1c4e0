//! `public-database`.

use vsc_spec::Diagnostic;

use super::declare::declare_lint;
use crate::check::report::Report;
use crate::check::security::{Subject, is_true};

declare_lint! {
    /// Databases have no public address.
    ///
    /// # Why
    ///
    /// Only the security group and the password protect a database with a public address from the internet.
    ///
    /// # Bad
    ///
    /// ```yaml
    /// Resources:
    ///   Database:
    ///     Type: AWS::RDS::DBInstance
    ///     Properties:
    ///       DBInstanceClass: db.t4g.micro
    ///       Engine: postgres
    ///       AllocatedStorage: "20"
    ///       MasterUsername: admins
    ///       ManageMasterUserPassword: true
    ///       StorageEncrypted: true
    ///       PubliclyAccessible: true
    /// ```
    ///
    /// # Good
    ///
    /// ```yaml
    /// Resources:
    ///   Database:
    ///     Type: AWS::RDS::DBInstance
    ///     Properties:
    ///       DBInstanceClass: db.t4g.micro
    ///       Engine: postgres
    ///       AllocatedStorage: "20"
    ///       MasterUsername: admins
    ///       ManageMasterUserPassword: true
    ///       StorageEncrypted: true
    ///       PubliclyAccessible: false
    /// ```
    ///
    /// # Sources
    ///
    /// - Amazon RDS User Guide, "Hiding a DB instance in a VPC from the internet"
    /// - AWS Security Hub, control RDS.2
    /// - checkov CKV_AWS_17
    pub const PUBLIC_DATABASE: Warning = "public-database";
}

fn public() -> Diagnostic {
    Diagnostic::new("the database has a public address")
        .note("only its security group and its password protect it from the internet")
        .help("write `PubliclyAccessible: false`, and connect to it from within the VPC")
}

const TYPES: [&str; 4] = [
    "AWS::DMS::ReplicationInstance",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
];

/// Checks a resource.
pub(in crate::check) fn check(subject: Subject<'_>, report: &mut Report) {
    let is_public = is_true(subject.properties.get("PubliclyAccessible"));
    if TYPES.contains(&subject.type_name) && is_public {
        report.at("PubliclyAccessible", |report| {
            report.value(PUBLIC_DATABASE, public());
        });
    }
}
