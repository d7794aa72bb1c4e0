//! The work of `resource!` for one resource at compile time: look up the type, unpack its schema, check
//! the properties.

#![allow(missing_docs)]

use criterion::{Criterion, criterion_group, criterion_main};
use vsc_spec::Json;
use vsc_spec::resource;

fn expansion(criterion: &mut Criterion) {
    let bucket: Json = Json::object([
        ("BucketName", Json::from("acme-backups")),
        (
            "VersioningConfiguration",
            Json::object([("Status", "Enabled")]),
        ),
    ]);
    let mut group = criterion.benchmark_group("resource");
    for name in [
        "AWS::S3::Bucket",
        "AWS::EC2::Instance",
        "AWS::Route53::RecordSet",
    ] {
        group.bench_function(format!("unpack {name}"), |bencher| {
            bencher.iter(|| resource::find(name).expect("the type exists"));
        });
    }
    group.bench_function("unpack and check AWS::S3::Bucket", |bencher| {
        bencher.iter(|| {
            let resource = resource::find("AWS::S3::Bucket").expect("the type exists");
            resource.check(&bucket)
        });
    });
    group.finish();
}

criterion_group!(benches, expansion);
criterion_main!(benches);
