//! The exact token is underlined: by rust-analyzer itself while it is typed, and by `cargo check`
//! once it is saved.

use vsc_lsp_tests::{Diagnostic, Marked, editor};

use crate::{stack, team};

/// A mistake: the text with `«…»` around the underlined token, and parts of the message.
struct Mistake {
    text: String,
    says: &'static [&'static str],
    /// Whether the macro rejects it, so that rust-analyzer says so while it is typed. Types are
    /// rustc's to check, when the file is saved.
    while_typing: bool,
}

fn rejected(text: String, says: &'static [&'static str]) -> Mistake {
    Mistake {
        text,
        says,
        while_typing: true,
    }
}

fn of_wrong_type(text: String, says: &'static [&'static str]) -> Mistake {
    Mistake {
        text,
        says,
        while_typing: false,
    }
}

fn mistakes() -> Vec<Mistake> {
    let vpc = "let vpc = resource!(&mut stack, Vpc: AWS::EC2::VPC { CidrBlock: \"10.0.0.0/16\" });";
    vec![
        rejected(
            team(
                r#"users = 6, domain = "code.x.com", instance = «"t3.smal"»"#,
                "",
            ),
            &["t3.small"],
        ),
        rejected(
            team(
                r#"users = 100, domain = "code.x.com", instance = «"t3.small"»"#,
                "",
            ),
            &["do not fit"],
        ),
        rejected(
            team(r#"users = 6, «domian» = "code.x.com""#, ""),
            &["domain"],
        ),
        rejected(team("users = 6, «dom»", ""), &["dom"]),
        rejected(team("users = 6, «domain» =", ""), &["no value"]),
        rejected(
            team(r#"users = «0», domain = "code.x.com", port = «70000»"#, ""),
            &["0 users", "70000"],
        ),
        rejected(
            "use vsc::prelude::*;\n\n#[team_ide(domain = \"code.x.com\")]\nenum AcmeIde {\n    \
             #[user(memory = «\"4 GB\"»)]\n    Alice,\n    Bob,\n}\n\nvsc::main!(AcmeIde);\n"
                .to_owned(),
            &["4 GB"],
        ),
        rejected(
            stack(
                "resource!(&mut stack, Backups: AWS::S3::Bucket { «BucketNam»: \"acme-backups\" });",
            ),
            &["BucketName"],
        ),
        rejected(
            stack(
                "resource!(&mut stack, Backups: AWS::S3::Bucket {\n        \
                 BucketName: \"acme-backups\",\n        \
                 VersioningConfiguration: { Status: «\"Enabld\"» },\n    });",
            ),
            &["Enabled"],
        ),
        rejected(
            stack("resource!(&mut stack, Backups: AWS::S3::Bucket { «Buck» });"),
            &["Buck"],
        ),
        of_wrong_type(
            stack(&format!(
                "{vpc}\n    resource!(&mut stack, Host: AWS::EC2::Instance {{\n        \
                 ImageId: \"ami-12345678\", SubnetId: &«vpc»,\n    }});"
            )),
            &["expected a subnet ID, found `&AwsEC2VPC`"],
        ),
        of_wrong_type(
            stack(&format!("{vpc}\n    let _ = vpc.«arnn»();")),
            &["no method named `arnn`"],
        ),
    ]
}

/// Everything underlined must be marked, with the expected message.
fn check(found: &[Diagnostic], marked: &Marked, says: &[&str], when: &str) {
    let errors: Vec<_> = found.iter().filter(|found| found.error).collect();
    let ranges: Vec<_> = errors.iter().map(|error| error.range.clone()).collect();
    assert_eq!(
        ranges, marked.underlined,
        "{when}: {}\n{found:#?}",
        marked.text
    );
    if !errors.is_empty() {
        assert_eq!(errors.len(), says.len(), "{when}: {errors:?}");
    }
    for (error, says) in errors.iter().zip(says) {
        assert!(error.message.contains(says), "{when}: {error:?}");
    }
}

#[test]
fn mistakes_are_underlined_while_they_are_typed() {
    let mut editor = editor();
    for mistake in mistakes() {
        let mut marked = editor.type_in(&mistake.text);
        assert!(!marked.underlined.is_empty(), "{}", mistake.text);
        if !mistake.while_typing {
            marked.underlined.clear();
        }
        check(&editor.underlined(), &marked, mistake.says, "typed");
    }
}

#[test]
fn mistakes_are_underlined_when_they_are_saved() {
    let mut editor = editor();
    for mistake in mistakes() {
        let marked = editor.type_in(&mistake.text);
        assert!(!marked.underlined.is_empty(), "{}", mistake.text);
        check(&editor.save(), &marked, mistake.says, "saved");
    }
}

/// rust-analyzer underlines the name of the macro that gives an error, which is one token; rustc
/// underlines all of its tokens.
#[test]
fn of_several_tokens_rust_analyzer_underlines_one() {
    let mut editor = editor();
    let typed = "resource!(&mut stack, Backups: «AWS»::S3::Buck {});";
    let marked = editor.type_in(&stack(typed));
    check(&editor.underlined(), &marked, &["AWS::S3::Bucket"], "typed");
    let saved = "resource!(&mut stack, Backups: «AWS::S3::Buck» {});";
    let marked = editor.type_in(&stack(saved));
    check(&editor.save(), &marked, &["AWS::S3::Bucket"], "saved");
}

#[test]
fn valid_code_is_not_underlined() {
    let mut editor = editor();
    for text in [
        team(r#"users = 6, domain = "code.x.com""#, ""),
        stack(
            "let backups = resource!(&mut stack, Backups: AWS::S3::Bucket {\n        \
             BucketName: sub(\"${AWS::StackName}-backups\"),\n    } with { DeletionPolicy: \"Retain\" });\n    \
             stack.output(\"BackupsArn\", backups.arn());",
        ),
    ] {
        editor.type_in(&text);
        assert_eq!(editor.underlined(), []);
        assert_eq!(editor.save(), []);
    }
}
