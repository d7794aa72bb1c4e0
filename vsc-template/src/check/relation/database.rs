//! Instances and clusters of RDS: Amazon RDS API Reference, "CreateDBInstance"; cfn-lint E3707 and
//! E3709.

use vsc_spec::Diagnostic;

use super::{Found, Resource, Resources, coexist, is_true};

pub(super) fn check<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    for instance in resources.typed("AWS::RDS::DBInstance") {
        let cluster = resources.related(instance, "DBClusterIdentifier", "AWS::RDS::DBCluster");
        if let Some(cluster) = cluster.filter(|cluster| coexist(instance, cluster)) {
            engine(instance, cluster, found);
            encryption(instance, cluster, found);
        }
    }
}

fn engine<'a>(instance: &Resource<'a>, cluster: &Resource<'a>, found: &mut Found<'a>) {
    let engine = instance.properties.only("Engine");
    let (Some(engine), Some(expected)) = (engine, cluster.properties.text_of("Engine")) else {
        return;
    };
    let Some(given) = engine.text() else { return };
    if !given.eq_ignore_ascii_case(&expected) {
        let diagnostic = Diagnostic::new(format!("`Engine` cannot be `{given}`"))
            .note(format!("the cluster `{}` has `{expected}`", cluster.id))
            .help(format!("write `Engine: \"{expected}\"`"));
        found.push((instance.id, engine.value_is(diagnostic)));
    }
}

fn encryption<'a>(instance: &Resource<'a>, cluster: &Resource<'a>, found: &mut Found<'a>) {
    let Some(value) = instance.properties.only("StorageEncrypted") else {
        return;
    };
    let (Some(given), Some(expected)) = (value.boolean(), is_true(cluster, "StorageEncrypted"))
    else {
        return;
    };
    if given != expected {
        let state = if expected {
            "encrypted"
        } else {
            "not encrypted"
        };
        let diagnostic = Diagnostic::new(format!("`StorageEncrypted` cannot be `{given}`"))
            .note(format!(
                "the storage belongs to the cluster `{}`, which is {state}",
                cluster.id
            ))
            .help("remove it");
        found.push((instance.id, value.value_is(diagnostic)));
    }
}
