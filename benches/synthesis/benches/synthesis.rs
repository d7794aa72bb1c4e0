//! Synthesis from a declaration to the text of its template, by the number of users.
//!
//! A stack has at most 180 users; larger numbers are split into stacks of up to 100.

#![allow(missing_docs)]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use vsc::pattern;
use vsc::team::{Declaration, TeamIde, Users};

/// The most users of a stack.
const STACK: usize = 100;

fn team(users: usize) -> Vec<TeamIde> {
    let stacks = users.div_ceil(STACK);
    (0..stacks)
        .map(|stack| {
            let members = STACK.min(users - stack * STACK);
            let declaration = Declaration {
                type_name: format!("Team{stack}").into(),
                users: Some(Users::Count(
                    i128::try_from(members).expect("a small number"),
                )),
                domain: Some(format!("team-{stack}.code.x.com").into()),
                ..Declaration::default()
            };
            declaration.check().expect("the declaration is right")
        })
        .collect()
}

fn synthesis(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("synthesis");
    for users in [6, 100, 1_000, 10_000] {
        let team = team(users);
        group.throughput(Throughput::Elements(users as u64));
        group.bench_with_input(
            BenchmarkId::from_parameter(users),
            &team,
            |bencher, team| {
                bencher.iter(|| {
                    let texts = team.iter().map(|ide| {
                        let template = pattern::synthesize(ide).expect("it keeps the quotas");
                        template.to_yaml_string().len()
                    });
                    texts.sum::<usize>()
                });
            },
        );
    }
    group.finish();
}

criterion_group!(benches, synthesis);
criterion_main!(benches);
