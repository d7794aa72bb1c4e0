//! The sources and the validation of parameter values.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use vsc_core::template::{Parameter, ParameterType};
use vsc_spec::Json;

use super::declared::ParameterDeclaration;
use super::*;
use crate::aws::scripted::{Aws, message, stacked};

fn parameter(kind: &str) -> ParameterDeclaration {
    ParameterDeclaration {
        name: "P".to_owned(),
        kind: kind.to_owned(),
        ..ParameterDeclaration::default()
    }
}

#[test]
fn parameters_are_read_from_a_template() {
    let stack = stacked(|stack| {
        let text = Parameter::new(ParameterType::String)
            .description("what it is")
            .default("a")
            .no_echo()
            .allowed_pattern("[a-z]+")
            .constraint_description("letters")
            .allowed_values(["a", "b"])
            .length(1, 5);
        let _ = stack.parameter::<String>("Word", text);
        let number = Parameter::new(ParameterType::Number)
            .default(Json::Integer(3))
            .range(1, 9);
        let _ = stack.parameter::<String>("Count", number);
        let flag = Parameter::new(ParameterType::String)
            .option("NoEcho", false)
            .option("Default", true)
            .option("ConstraintDescription", Json::Number(0.5));
        let _ = stack.parameter::<String>("Flag", flag);
        for name in ["Word", "Count", "Flag"] {
            stack.output(name, Json::object([("Ref", name)]));
        }
    });
    let found = declared(&stack.template.json);
    let [word, count, flag] = found.as_slice() else {
        panic!("{found:?}");
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        *word,
        ParameterDeclaration {
            name: "Word".to_owned(),
            kind: "String".to_owned(),
            description: some("what it is"),
            default: some("a"),
            is_secret: true,
            pattern: some("[a-z]+"),
            constraint: some("letters"),
            allowed: vec!["a".to_owned(), "b".to_owned()],
            length: (Some(1.0), Some(5.0)),
            range: (None, None),
        }
    );
    assert_eq!(
        *count,
        ParameterDeclaration {
            name: "Count".to_owned(),
            kind: "Number".to_owned(),
            default: some("3"),
            range: (Some(1.0), Some(9.0)),
            ..ParameterDeclaration::default()
        }
    );
    assert_eq!(
        (flag.is_secret, flag.default.as_deref()),
        (false, Some("true"))
    );
    assert_eq!(flag.constraint.as_deref(), Some("0.5"));
    assert!(!flag.is_name_of_value());
    assert!(parameter("AWS::SSM::Parameter::Value<String>").is_name_of_value());
}

#[test]
fn a_value_has_the_format_of_its_type() {
    for (kind, right, wrong) in [
        ("AWS::EC2::VPC::Id", "vpc-0a1b2c3d", "subnet-0a1b2c3d"),
        ("AWS::EC2::Subnet::Id", "subnet-0a1b2c3d", "vpc-0a1b2c3d"),
        ("AWS::EC2::Image::Id", "ami-0a1b2c3d", "i-0a1b2c3d"),
        ("AWS::EC2::Instance::Id", "i-0a1b2c3d", "ami-0a1b2c3d"),
        ("AWS::EC2::SecurityGroup::Id", "sg-0a1b2c3d", "vol-0a1b2c3d"),
        ("AWS::EC2::Volume::Id", "vol-0a1b2c3d", "sg-0a1b2c3d"),
        ("AWS::Route53::HostedZone::Id", "Z0123456789ABC", "z"),
        ("AWS::Route53::HostedZone::Id", "AB", "A"),
        (
            "AWS::Route53::HostedZone::Id",
            "0123456789ABCDEF0123456789ABCDEF",
            "0123456789ABCDEF0123456789ABCDEF0",
        ),
        ("AWS::Route53::HostedZone::Id", "12", "a-b"),
        ("AWS::EC2::KeyPair::KeyName", "admin", " "),
        ("Number", "0.5", "inf"),
        ("Number", "-3", ""),
        ("List<Number>", "1, 2", "1, x"),
        (
            "List<AWS::EC2::Subnet::Id>",
            "subnet-0a1b2c3d,subnet-0a1b2c3e",
            "subnet-0a1b2c3d,",
        ),
    ] {
        let parameter = parameter(kind);
        assert!(parameter.check(right).is_ok(), "{kind} {right}");
        assert!(parameter.check(wrong).is_err(), "{kind} {wrong}");
    }
    for kind in ["String", "CommaDelimitedList"] {
        assert!(parameter(kind).check("").is_ok(), "{kind}");
    }
}

#[test]
fn a_value_satisfies_its_constraints() {
    let mut text = parameter("String");
    assert!(text.check(&"a".repeat(4_096)).is_ok());
    let reported = text
        .check(&"é".repeat(2_049))
        .expect_err("it is too long")
        .to_string();
    assert_eq!(
        reported,
        "the value is too long: 4098 bytes\na parameter value has at most 4096 bytes"
    );
    text.length = (Some(2.0), Some(3.0));
    for (value, reported) in [
        ("éé", ""),
        ("abc", ""),
        (
            "a",
            "\"a\" is too short: 1 characters\nthe minimum length is 2",
        ),
        (
            "abcd",
            "\"abcd\" is too long: 4 characters\nthe maximum length is 3",
        ),
    ] {
        let found = text
            .check(value)
            .err()
            .map(|diagnostic| diagnostic.to_string());
        assert_eq!(found.unwrap_or_default(), reported);
    }
    let mut number = parameter("Number");
    number.range = (Some(1.0), Some(9.0));
    for (value, reported) in [
        ("1", ""),
        ("9", ""),
        ("0.9", "0.9 is out of range\nthe minimum is 1"),
        ("9.1", "9.1 is out of range\nthe maximum is 9"),
    ] {
        let found = number
            .check(value)
            .err()
            .map(|diagnostic| diagnostic.to_string());
        assert_eq!(found.unwrap_or_default(), reported);
    }
    let mut choice = parameter("CommaDelimitedList");
    choice.allowed = vec!["a".to_owned(), "b".to_owned()];
    choice.constraint = Some("one of ours".to_owned());
    assert!(choice.check("a, b,a").is_ok());
    let reported = choice
        .check("a,zebra")
        .expect_err("it is another")
        .to_string();
    assert_eq!(
        reported,
        "\"a,zebra\" is not one of the allowed values\nallowed values: `a` and `b`\n= help: one of ours"
    );
}

/// The setting of a parameter whose stack was deployed with a value and an old default.
fn kept(
    parameter: ParameterDeclaration,
    before: &str,
    default_then: Option<&str>,
) -> (Setting, Origin) {
    let defaults = default_then.map(|default| ("P".to_owned(), default.to_owned()));
    let sources = Sources {
        previous: Previous {
            values: vec![("P".to_owned(), before.to_owned())],
            defaults: HashMap::from_iter(defaults),
        },
        ..Sources::default()
    };
    let resolved = resolve(&[parameter], &sources);
    assert!(
        resolved.rejected.is_empty() && resolved.missing.is_empty(),
        "{resolved:?}"
    );
    let (_, setting, origin) = resolved
        .settings
        .into_iter()
        .next()
        .expect("it has a value");
    (setting, origin)
}

#[test]
fn a_previous_value_stays_if_it_is_valid() {
    let value = |text: &str| Setting::Value(text.to_owned());
    let with = |kind: &str| ParameterDeclaration {
        default: Some("/new".to_owned()),
        ..parameter(kind)
    };
    let ssm = "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>";
    for (declared, before, default_then, expected) in [
        (
            with("String"),
            "old",
            None,
            (value("old"), Origin::Previous),
        ),
        (
            with("String"),
            "old",
            Some("old"),
            (value("/new"), Origin::Default),
        ),
        (
            with("String"),
            "old",
            Some("other"),
            (value("old"), Origin::Previous),
        ),
        (
            parameter("String"),
            "old",
            Some("old"),
            (value("old"), Origin::Previous),
        ),
        (
            with("String"),
            "****",
            None,
            (Setting::Previous, Origin::Previous),
        ),
        (with(ssm), "/old", None, (value("/old"), Origin::Previous)),
        // An emulator returns the value of the parameter.
        (
            with(ssm),
            "ami-0a1b2c3d",
            None,
            (value("/new"), Origin::Default),
        ),
        // The constraints have become stricter.
        (
            ParameterDeclaration {
                pattern: Some("/.*".to_owned()),
                ..with("String")
            },
            "old",
            None,
            (value("/new"), Origin::Default),
        ),
    ] {
        assert_eq!(kept(declared, before, default_then), expected, "{before}");
    }
}

#[test]
fn an_invalid_value_is_reported_with_its_origin() {
    let declared = [parameter("Number")];
    let pair = || ("P".to_owned(), "x".to_owned());
    for (sources, origin) in [
        (
            Sources {
                arguments: vec![pair()],
                ..Sources::default()
            },
            "--parameter",
        ),
        (
            Sources {
                file: [pair()].into(),
                file_name: "a.toml".to_owned(),
                ..Sources::default()
            },
            "a.toml",
        ),
        (
            Sources {
                remembered: [pair()].into(),
                remembered_name: "b.toml".to_owned(),
                ..Sources::default()
            },
            "b.toml",
        ),
    ] {
        let rejected = resolve(&declared, &sources).rejected;
        assert_eq!(rejected.len(), 1);
        assert_eq!(
            rejected[0].to_string(),
            format!("{origin}: P: \"x\" is not a number")
        );
    }
    let unknown = Sources {
        file: [("Q".to_owned(), "x".to_owned())].into(),
        file_name: "a.toml".to_owned(),
        ..Sources::default()
    };
    let rejected = resolve(&declared, &unknown).rejected;
    assert!(
        rejected[0]
            .to_string()
            .starts_with("a.toml: the template has no parameter `Q`")
    );
}

#[test]
fn all_missing_values_are_reported_at_once() {
    let about = |name: &str, description: Option<&str>| ParameterDeclaration {
        name: name.to_owned(),
        description: description.map(str::to_owned),
        ..parameter("String")
    };
    let output_of = |missing: &[ParameterDeclaration]| {
        Aws::default().run(async |session| message(ask(session, "team", missing).await))
    };
    assert_eq!(
        output_of(&[about("A", Some("the first"))]),
        "team: a parameter has no value\n  A: the first\n= help: pass --parameter A=…; or write them into a file, one per line (`A = \"…\"`), and pass `--parameters-file FILE`; on a terminal you are asked"
    );
    assert!(
        output_of(&[about("A", None), about("B", None)]).starts_with(
            "team: 2 parameters have no value\n  A: String\n  B: String\n= help: pass --parameter A=… --parameter B=…;"
        )
    );
    let none = Aws::default().run(async |session| ask(session, "team", &[]).await);
    assert_eq!(none.ok(), Some(Vec::new()));
}

/// A folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join("vsc-parameters").join(name);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

#[test]
fn a_new_file_of_answers_has_a_header() {
    let path = folder("answers").join(format!("{}.toml", std::process::id()));
    let _ = fs::remove_file(&path);
    let mut file = ParameterFile::read_if_there(path.clone()).expect("it may be missing");
    assert_eq!(
        (file.path(), file.values().len(), file.previous().len()),
        (path.as_path(), 0, 0)
    );
    file.set("A", "a\"\\\n\t\r\u{1}é");
    file.write().expect("it can be written");
    let head = "# Answers given when this stack was deployed. Secrets are never written here.\n";
    let line = "A = \"a\\\"\\\\\\n\\t\\r\\u0001é\"\n";
    assert_eq!(
        fs::read_to_string(&path).ok(),
        Some(format!("{head}{line}"))
    );
    let mut again = ParameterFile::read(path.clone()).expect("it is there");
    assert_eq!(
        again.values().get("A").map(String::as_str),
        Some("a\"\\\n\t\r\u{1}é")
    );
    again.set("A", "b");
    again.write().expect("it can be written");
    assert_eq!(
        fs::read_to_string(&path).ok(),
        Some(format!("{head}A = \"b\"\n"))
    );
    fs::remove_file(&path).expect("it is there");
    assert!(message(ParameterFile::read(path)).contains("No such file"));
    // A directory is not a file.
    assert!(ParameterFile::read_if_there(folder("answers")).is_err());
    // Beside the crate if cargo sets its path.
    let crate_folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| ".".into());
    let beside = PathBuf::from(crate_folder).join("team.parameters.toml");
    assert_eq!(beside_the_crate("team"), beside);
}

#[test]
fn a_file_may_keep_previous_values() {
    let path = folder("previous").join(format!("{}.json", std::process::id()));
    fs::write(&path, r#"[{"ParameterKey": "A", "UsePreviousValue": true}, {"ParameterKey": "B", "ParameterValue": "b"}]"#)
        .expect("it can be written");
    let file = ParameterFile::read(path.clone()).expect("it is right");
    assert!(file.previous().contains("A") && file.previous().len() == 1);
    assert_eq!(file.values().get("B").map(String::as_str), Some("b"));
    fs::write(
        &path,
        "{\n  \"A\": 0.5,\n  \"B\": true,\n  \"C\": [1, \"x\", false]\n}",
    )
    .expect("it can be written");
    let file = ParameterFile::read(path.clone()).expect("it is right");
    let values: Vec<&str> = file.values().values().map(String::as_str).collect();
    assert_eq!(values, ["0.5", "true", "1,x,false"]);
    fs::write(&path, "{\n  \"A\": {}\n}").expect("it can be written");
    let reported = message(ParameterFile::read(path.clone()));
    assert!(
        reported.contains(".json:2:8: a table is not a valid parameter value"),
        "{reported}"
    );
    fs::remove_file(&path).expect("it is there");
}

#[test]
fn a_file_keeps_its_order_and_comments() {
    let path = folder("order").join(format!("{}.toml", std::process::id()));
    for (text, name, expected) in [
        ("", "A", "A = \"x\"\n"),
        ("B = \"b\"\n", "A", "A = \"x\"\nB = \"b\"\n"),
        ("A = \"a\"\n", "B", "A = \"a\"\nB = \"x\"\n"),
        ("A = \"a\"\n", "A", "A = \"x\"\n"),
        ("A = \"x\"\n\n# end\n", "A", "A = \"x\"\n\n# end\n"),
        // The first line is about the file.
        ("# head\nB = \"b\"\n", "A", "# head\nA = \"x\"\nB = \"b\"\n"),
        (
            "# head\n# of b\nB = \"b\"\n",
            "A",
            "# head\nA = \"x\"\n# of b\nB = \"b\"\n",
        ),
        (
            "A = \"a\"\n# of c\n# more\nC = \"c\"\n",
            "B",
            "A = \"a\"\nB = \"x\"\n# of c\n# more\nC = \"c\"\n",
        ),
        ("\"A\" = \"a\"\n", "A", "A = \"x\"\n"),
        (
            "# A = 1\nZ = \"z\"\n",
            "A",
            "# A = 1\nA = \"x\"\nZ = \"z\"\n",
        ),
    ] {
        fs::write(&path, text).expect("it can be written");
        let mut file = ParameterFile::read(path.clone()).expect(text);
        file.set(name, "x");
        file.write().expect("it can be written");
        assert_eq!(
            fs::read_to_string(&path).ok().as_deref(),
            Some(expected),
            "{text:?}"
        );
    }
    fs::remove_file(&path).expect("it is there");
}

#[test]
fn the_extension_determines_the_format() {
    for (extension, text, is_right) in [
        ("json", "{\"A\": \"a\"}", true),
        ("json", "A = \"a\"", false),
        ("toml", "A = \"a\"", true),
        ("toml", "{\"A\": \"a\"}", false),
        ("txt", "{\"A\": \"a\"}", true),
        ("txt", "[\"A=a\"]", true),
        ("txt", "[]", true),
        ("txt", "A = \"a\"", true),
        ("txt", "A = 2026-11-25", false),
        ("txt", "[table]\nA = 1", false),
    ] {
        let path = folder("extension").join(format!("{}.{extension}", std::process::id()));
        fs::write(&path, text).expect("it can be written");
        let read = ParameterFile::read(path.clone());
        assert_eq!(read.is_ok(), is_right, "{extension} {text}");
        if let Err(reported) = read {
            let reported = reported.text();
            assert!(reported.contains(&format!(".{extension}")), "{reported}");
        }
        fs::remove_file(&path).expect("it is there");
    }
}
