//! Resources under another logical ID.

use vsc_spec::Json;

use super::read;
use crate::diff::Difference;

fn renames(old: &str, new: &str) -> Vec<String> {
    let template = |resources: &str| Json::Object(read(&format!("Resources:\n{resources}")));
    let difference = Difference::between(&template(old), &template(new));
    let renames = difference.renames.iter();
    renames
        .map(|rename| format!("{} → {}: {}", rename.from, rename.to, rename.type_name))
        .collect()
}

#[test]
fn type_and_properties_are_the_same() {
    let queue = "Type: AWS::SQS::Queue, Properties: {DelaySeconds: 5}";
    for (old, new, expected) in [
        (queue, queue, 1),
        (
            queue,
            "Type: AWS::SQS::Queue, Properties: {DelaySeconds: '5'}",
            1,
        ),
        (
            queue,
            "Type: AWS::SQS::Queue, DeletionPolicy: Retain, Properties: {DelaySeconds: 5}",
            1,
        ),
        (
            queue,
            "Type: AWS::SQS::Queue, Properties: {DelaySeconds: 6}",
            0,
        ),
        (queue, "Type: AWS::SQS::Queue", 0),
        (
            queue,
            "Type: AWS::SNS::Topic, Properties: {DelaySeconds: 5}",
            0,
        ),
    ] {
        let found = renames(
            &format!("  Old: {{{old}}}\n"),
            &format!("  New: {{{new}}}\n"),
        );
        assert_eq!(found.len(), expected, "{new}");
        // A resource that still exists is not renamed.
        let (old, new) = (format!("  Old: {{{old}}}\n"), format!("  New: {{{new}}}\n"));
        assert!(renames(&old, &format!("{old}{new}")).is_empty());
        assert!(renames(&format!("{old}{new}"), &old).is_empty());
    }
}

#[test]
fn each_resource_is_renamed_once() {
    let queue = "{Type: AWS::SQS::Queue}";
    assert_eq!(
        renames(
            &format!("  A: {queue}\n  B: {queue}\n  C: {queue}\n"),
            &format!("  X: {queue}\n  Y: {queue}\n")
        ),
        ["A → X: AWS::SQS::Queue", "B → Y: AWS::SQS::Queue"]
    );
}

#[test]
fn references_to_renamed_resources_are_equal() {
    for (before, after, same) in [
        ("!Ref Old", "!Ref New", true),
        ("!Ref Old", "!Ref Other", false),
        ("!Ref Other", "!Ref Other", true),
        ("!GetAtt Old.Arn", "!GetAtt New.Arn", true),
        ("!GetAtt Old.Arn", "!GetAtt New.Name", false),
        ("!GetAtt Other.Arn", "!GetAtt Other.Arn", true),
        (
            "{'Fn::GetAtt': [Old, Arn]}",
            "{'Fn::GetAtt': [New, Arn]}",
            true,
        ),
        (
            "{'Fn::GetAtt': [Other, Old]}",
            "{'Fn::GetAtt': [Other, Old]}",
            true,
        ),
        (
            "{'Fn::GetAtt': [Other, Old]}",
            "{'Fn::GetAtt': [Other, New]}",
            false,
        ),
        ("{'Fn::GetAtt': Old.Arn}", "{'Fn::GetAtt': New.Arn}", true),
        (
            "{'Fn::GetAtt': Other.Old}",
            "{'Fn::GetAtt': Other.Old}",
            true,
        ),
        (
            "!Sub '${Old}/${Old.Arn} Old'",
            "!Sub '${New}/${New.Arn} Old'",
            true,
        ),
        (
            "!Sub ['${Old}-${x}', {x: !Ref Old}]",
            "!Sub ['${New}-${x}', {x: !Ref New}]",
            true,
        ),
        ("[a, {b: !Ref Old}]", "[a, {b: !Ref New}]", true),
        // A value that equals the name is not a reference.
        ("[Old, {b: Old}]", "[Old, {b: Old}]", true),
        ("Old", "New", false),
        (
            "!Join [Old, [!Ref Old, Old]]",
            "!Join [Old, [!Ref New, Old]]",
            true,
        ),
    ] {
        let of = |id: &str, name: &str, value: &str| {
            format!(
                "  {name}: {{Type: AWS::SNS::Topic, Properties: {{Of: {value}}}}}\n  {id}: {{Type: AWS::SQS::Queue}}\n"
            )
        };
        let mut found = renames(&of("Old", "Before", before), &of("New", "After", after));
        let mut expected = vec!["Old → New: AWS::SQS::Queue"];
        if same {
            expected.push("Before → After: AWS::SNS::Topic");
        }
        found.sort();
        expected.sort_unstable();
        assert_eq!(found, expected, "{before} {after}");
    }
}
