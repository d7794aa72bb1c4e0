//! Half-typed or rejected code still completes, and hovering still explains it.

use vsc_lsp_tests::{Editor, editor};

use crate::{stack, team};

/// The completions at the cursor of a text.
fn completions(editor: &mut Editor, marked: &str) -> Vec<String> {
    let cursor = editor.type_in(marked).cursor.expect("it has a cursor");
    editor.completions(cursor).into_iter().collect()
}

/// The hover text of the word before the cursor.
fn hover(editor: &mut Editor, marked: &str) -> String {
    let cursor = editor.type_in(marked).cursor.expect("it has a cursor");
    editor.hover(cursor - 1).unwrap_or_default()
}

/// Arguments that are valid, half typed, or rejected.
const ARGUMENTS: [&str; 5] = [
    r#"users = 6, domain = "code.x.com""#,
    "users = 6, dom",
    "users = 6, domain =",
    r#"users = 6, domain = "code.x.com", instance = "t3.smal""#,
    r#"users = 0, domain = "Code.x.com""#,
];

#[test]
fn the_type_completes_and_explains_itself() {
    let mut editor = editor();
    for arguments in ARGUMENTS {
        let half = completions(
            &mut editor,
            &team(arguments, "fn later() { let _ = Acme‸; }"),
        );
        assert!(
            half.contains(&"AcmeIde".to_owned()),
            "{arguments}: {half:?}"
        );
        let whole = hover(
            &mut editor,
            &team(arguments, "fn later() { let _ = AcmeIde‸; }"),
        );
        assert!(whole.contains("struct AcmeIde"), "{arguments}: {whole}");
    }
}

#[test]
fn the_type_is_declared_for_main() {
    let mut editor = editor();
    for arguments in ARGUMENTS {
        editor.type_in(&team(arguments, ""));
        let messages = editor.save();
        // The check reports invalid arguments, so it ran.
        let is_right = arguments == ARGUMENTS[0];
        assert_eq!(messages.is_empty(), is_right, "{arguments}: {messages:?}");
        let about_main = messages.iter().find(|found| found.code.starts_with('E'));
        assert_eq!(about_main, None, "{arguments}");
    }
}

#[test]
fn the_users_of_a_rejected_enum_complete() {
    let declaration = "use vsc::prelude::*;\n\n#[team_ide(domain = \"Code.x.com\")]\nenum AcmeIde {\n    \
                       #[user(memory = \"4 GB\")]\n    Alice,\n    Bob,\n}\n\nvsc::main!(AcmeIde);\n";
    let later = format!("{declaration}fn later() {{ let _ = AcmeIde::‸; }}\n");
    let found = completions(&mut editor(), &later);
    assert!(found.contains(&"Alice".to_owned()), "{found:?}");
    assert!(found.contains(&"Bob".to_owned()), "{found:?}");
}

/// An editor closes brackets as they are typed. Where they are open, the attribute goes on to the
/// end of the file, and no macro is asked.
#[test]
fn an_unclosed_attribute_hides_what_follows() {
    let text = "use vsc::prelude::*;\n\n#[team_ide(users = 6, dom\nstruct AcmeIde;\n\n\
                vsc::main!(AcmeIde);\nfn later() { let _ = AcmeIde‸; }\n";
    let mut editor = editor();
    assert_eq!(hover(&mut editor, text), "");
    let found = editor.underlined();
    assert!(
        found.iter().all(|found| found.code == "syntax-error"),
        "{found:?}"
    );
    assert!(!found.is_empty());
}

#[test]
fn the_attribute_explains_itself() {
    let text = team(r#"users = 6, domain = "code.x.com""#, "").replace("team_ide", "team_ide‸");
    let said = hover(&mut editor(), &text);
    assert!(said.contains("Declares a team IDE"), "{said}");
}

/// Properties that are valid, rejected, or half typed.
const PROPERTIES: [&str; 5] = [
    r#"BucketName: "acme-backups""#,
    r#"BucketNam: "acme-backups""#,
    r#"BucketName: "Acme_Backups""#,
    "Buck",
    "BucketName: ",
];

#[test]
fn a_handle_completes_its_attributes() {
    let mut editor = editor();
    for properties in PROPERTIES {
        let resource = format!(
            "let backups = resource!(&mut stack, Backups: AWS::S3::Bucket {{ {properties} }});\n    "
        );
        let found = completions(&mut editor, &stack(&(resource.clone() + "backups.‸")));
        for method in ["arn", "domain_name", "logical_id"] {
            assert!(
                found.contains(&method.to_owned()),
                "{properties}: {found:?}"
            );
        }
        let said = hover(
            &mut editor,
            &stack(&(resource.clone() + "let _ = backups.arn‸();")),
        );
        assert!(
            said.contains("`Fn::GetAtt` of `Arn`."),
            "{properties}: {said}"
        );
        let said = hover(&mut editor, &stack(&(resource + "let _ = backups‸;")));
        assert!(
            said.contains("let backups: AwsS3Bucket"),
            "{properties}: {said}"
        );
    }
}

/// Whether rejected or not, what is right of a `:` is Rust.
#[test]
fn expressions_complete_within_a_resource() {
    let mut editor = editor();
    for more in ["", "BucketNam: 1", "Buck"] {
        for (value, expected) in [
            ("nam‸", "name"),
            ("&nam‸", "name"),
            ("name.‸", "to_lowercase"),
            ("name.to_low‸", "to_lowercase"),
            ("format!(\"{}\", nam‸)", "name"),
        ] {
            let text = stack(&format!(
                "let name = String::from(\"acme\");\n    \
                 resource!(&mut stack, Backups: AWS::S3::Bucket {{ BucketName: {value}, {more} }});"
            ));
            let found = completions(&mut editor, &text);
            assert!(found.contains(&expected.to_owned()), "{text}{found:?}");
        }
    }
}

/// The whole set of names is offered, wherever one can stand.
#[test]
fn keys_complete_and_explain_themselves() {
    let mut editor = editor();
    for arguments in [
        "us‸",
        "users = 6, dom‸",
        "users = 6, ‸",
        "users = 0, inst‸, domain = \"Code.x.com\"",
        "users = 6, domian‸ = \"code.x.com\"",
    ] {
        let found = completions(&mut editor, &team(arguments, ""));
        for key in ["users", "domain", "instance"] {
            assert!(found.contains(&key.to_owned()), "{arguments}: {found:?}");
        }
        assert!(
            !found.contains(&"String".to_owned()),
            "{arguments}: {found:?}"
        );
    }
    let text = team(r#"users = 6, domain‸ = "code.x.com""#, "");
    let said = hover(&mut editor, &text);
    assert!(said.contains("domain = \"code.x.com\""), "{said}");
}

#[test]
fn resource_types_complete_and_explain_themselves() {
    let mut editor = editor();
    for (typed, expected) in [
        ("A‸", "AWS::"),
        ("AWS::S‸", "S3::"),
        ("AWS::S3::‸", "Bucket"),
        ("AWS::S3::Buck‸", "Bucket"),
        ("AWS::S3::Buck‸ {}", "Bucket"),
    ] {
        let text = stack(&format!("resource!(&mut stack, Backups: {typed});"));
        let found = completions(&mut editor, &text);
        assert!(found.contains(&expected.to_owned()), "{typed}: {found:?}");
    }
    let text = stack("resource!(&mut stack, Backups: AWS::S3::Bucket‸ {});");
    let said = hover(&mut editor, &text);
    assert!(
        said.contains("The resource type `AWS::S3::Bucket`."),
        "{said}"
    );
}

#[test]
fn properties_complete_and_explain_themselves() {
    let mut editor = editor();
    let resource = |behind: &str| {
        stack(&format!(
            "resource!(&mut stack, Backups: AWS::S3::Bucket {behind});"
        ))
    };
    for (typed, expected, of_another_object) in [
        ("{ ‸ }", "BucketName", "Status"),
        ("{ Buck‸ }", "BucketName", "Status"),
        (
            "{ BucketName: \"a\", Vers‸ }",
            "VersioningConfiguration",
            "Status",
        ),
        ("{ VersioningConfiguration: { ‸ } }", "Status", "BucketName"),
        (
            "{ VersioningConfiguration: { St‸ } }",
            "Status",
            "BucketName",
        ),
        (
            "{ LifecycleConfiguration: { Rules: [{ Status: \"Enabled\", Exp‸ }] } }",
            "ExpirationInDays",
            "Rules",
        ),
        ("{} with { Del‸ }", "DeletionPolicy", "BucketName"),
    ] {
        let found = completions(&mut editor, &resource(typed));
        assert!(found.contains(&expected.to_owned()), "{typed}: {found:?}");
        assert!(
            !found.contains(&of_another_object.to_owned()),
            "{typed}: {found:?}"
        );
    }
    let text = resource("{ VersioningConfiguration: { Status‸: \"Enabled\" } }");
    let said = hover(&mut editor, &text);
    assert!(said.contains("Allowed: `Enabled`, `Suspended`."), "{said}");
}

/// An underlined token shows the reason, and nothing about how it is reported.
#[test]
fn a_rejected_token_does_not_explain_the_core_library() {
    let mut editor = editor();
    for text in [
        team("users = 6, dom‸", ""),
        stack("resource!(&mut stack, Backups: AWS::S3::Bucket { BucketNam‸: \"acme\" });"),
    ] {
        let said = hover(&mut editor, &text);
        assert!(!said.contains("extern crate core"), "{said}");
    }
}
