//! The inputs of the properties: a property holds trivially if no input is of its kind.

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use vsc::Json;
use vsc::check::{self, Severity};
use vsc_core::graph::{Graph, Include};
use vsc_properties::{PROPERTIES, macros_in, template_of};

/// Templates, as the property tests make them from bytes.
fn templates() -> Vec<Json> {
    let mut runner = TestRunner::deterministic();
    let bytes = prop::collection::vec(any::<u8>(), 0..300);
    let next = |_| {
        bytes
            .new_tree(&mut runner)
            .expect("there are some")
            .current()
    };
    let inputs: Vec<Vec<u8>> = (0..1_000).map(next).collect();
    inputs.iter().map(|input| template_of(input)).collect()
}

#[test]
fn templates_have_something_to_check_and_to_draw() {
    let templates = templates();
    let count = |is: fn(&Json) -> bool| templates.iter().filter(|one| is(one)).count();
    let has = |severity: Severity| {
        let found = |template: &&Json| {
            let found = check::template(template, 0);
            found.iter().any(|one| one.severity() == severity)
        };
        templates.iter().filter(found).count()
    };
    for (kind, found) in [
        ("errors", has(Severity::Error)),
        ("warnings", has(Severity::Warning)),
        (
            "references",
            count(|it| !Graph::of(it, Include::ALL).edges.is_empty()),
        ),
        ("parameters", count(|it| it.get("Parameters").is_some())),
        ("conditions", count(|it| it.get("Conditions").is_some())),
        ("outputs", count(|it| it.get("Outputs").is_some())),
        ("mappings", count(|it| it.get("Mappings").is_some())),
    ] {
        assert!(found > 50, "{found} of 1,000 templates have {kind}");
    }
}

/// Samples without a macro would be tried as the tokens of one, and mostly fail to parse.
#[test]
fn samples_of_macros_are_programs_with_macros() {
    let (mut invocations, mut declarations) = (0, 0);
    for name in ["resource_macro", "team_ide_macro"] {
        let property = PROPERTIES.iter().find(|property| property.name == name);
        for folder in property.expect("it is there").samples {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("../..")
                .join(folder);
            for entry in fs::read_dir(folder).expect("there are samples") {
                let path = entry.expect("it can be read").path();
                if path.extension().is_some_and(|end| end == "rs") {
                    let program = fs::read_to_string(&path).expect("it is text");
                    let (resources, teams) = macros_in(&program);
                    invocations += resources;
                    declarations += teams;
                }
            }
        }
    }
    assert!(invocations > 100, "{invocations}");
    assert!(declarations > 100, "{declarations}");
}
