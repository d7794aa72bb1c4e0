//! Databases that the internet reaches.

use vsc_spec::Finding;

use super::super::Rule;
use super::super::report::Report;
use super::{Subject, is_true};

const TYPES: [&str; 4] = [
    "AWS::DMS::ReplicationInstance",
    "AWS::RDS::DBCluster",
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
];

pub(super) fn check(subject: Subject<'_>, report: &mut Report) {
    let is_public = is_true(subject.properties.get("PubliclyAccessible"));
    if TYPES.contains(&subject.type_name) && is_public {
        let finding = Finding::new("the database has a public address")
            .why("only its security group and its password stand between it and the internet")
            .help("write `PubliclyAccessible: false`, and reach it from within the VPC");
        report.at("PubliclyAccessible", |report| {
            report.value(Rule::PublicDatabase, finding);
        });
    }
}
