//! The expansions of the macros, formatted. A changed snapshot shows how users' crates are compiled from
//! now on.
//!
//! `main!` is not among them: it is a `macro_rules!` of four lines.

use proc_macro2::TokenStream;
use vsc_macros_as_library as macros;

fn tokens(text: &str) -> TokenStream {
    text.parse().expect("it is Rust")
}

/// The expansion of an attribute, without the names for editors before it.
fn team_ide(arguments: &str, item: &str) -> String {
    let text = formatted(macros::team_ide(tokens(arguments), tokens(item)));
    let (names, rest) = text.split_once("\n};\n").expect("editors are given names");
    assert!(names.contains("#[cfg(rust_analyzer)]"), "{names}");
    rest.to_owned()
}

/// The expansion of a macro as an expression, with the path of the crate that its `macro_rules!` puts
/// before the tokens.
fn expression(expand: fn(TokenStream) -> TokenStream, invocation: &str) -> String {
    let expanded = expand(tokens(&format!("[::vsc] {invocation}")));
    formatted(tokens(&format!("fn expression() {{ {expanded} }}")))
}

fn formatted(expanded: TokenStream) -> String {
    let text = expanded.to_string();
    let file = syn::parse2(expanded).unwrap_or_else(|error| panic!("{error}: {text}"));
    prettyplease::unparse(&file)
}

#[test]
fn a_team_of_literals() {
    let arguments =
        "crate = ::vsc, users = 2, domain = \"code.x.com\", allow = [\"203.0.113.0/24\"]";
    let expanded = team_ide(arguments, "/// Documented.\npub struct AcmeIde;");
    insta::assert_snapshot!(expanded);
}

#[test]
fn a_team_of_constants() {
    let arguments = "crate = ::vsc, users = [\"alice\", BOB], domain = \"code.x.com\", \
                     port = 8_000 + 443, extend = add_backups";
    insta::assert_snapshot!(team_ide(arguments, "struct AcmeIde;"));
}

#[test]
fn a_team_of_variants() {
    let item =
        "#[derive(Clone)] enum AcmeIde { #[user(memory = \"2 GiB\", cpus = HALF)] Alice, Bob }";
    insta::assert_snapshot!(team_ide("crate = ::vsc, domain = \"code.x.com\"", item));
}

#[test]
fn a_team_with_mistakes() {
    let arguments = "crate = ::vsc, users = 0, domain = \"code.x.com\", prot = 443";
    insta::assert_snapshot!(team_ide(arguments, "struct AcmeIde;"));
}

#[test]
fn a_resource() {
    let topic = "&mut stack, Alarms: AWS::SNS::Topic {
        TopicName: sub(\"${AWS::StackName}-alarms\"),
        FifoTopic: is_fifo,
        Subscription: [{ Protocol: \"email\", Endpoint: address }, { Protocol: \"sqs\", Endpoint: queue.arn() }],
        DeliveryStatusLogging: [],
    } with { DeletionPolicy: \"Retain\", DependsOn: [&queue] }";
    insta::assert_snapshot!(expression(macros::resource, topic));
}

#[test]
fn a_resource_with_a_computed_name_and_functions() {
    let subscription = "stack, (format!(\"Subscription{number}\")): AWS::SNS::Subscription {
        Protocol: \"sqs\",
        TopicArn: { Ref: \"Alarms\" },
        Endpoint: { Fn::Join: [\":\", [{ Fn::GetAtt: [\"Queue\", \"Arn\"] }, name]] },
        RawMessageDelivery: true,
    }";
    insta::assert_snapshot!(expression(macros::resource, subscription));
}

#[test]
fn a_resource_of_a_registered_type() {
    let custom = "stack, Lookup: \"Custom::Lookup\" { ServiceToken: function.arn(), Depth: 3 }";
    insta::assert_snapshot!(expression(macros::resource, custom));
}

/// They are the same in every use, so the library compiles them once.
#[test]
fn the_handles_of_the_library() {
    let text = formatted(macros::handles(&tokens("crate::__private")));
    let handles: Vec<&str> = text.split("///A resource of type ").skip(1).collect();
    let queue = handles.iter().find(|handle| handle.contains("AwsSQSQueue"));
    let names = handles.iter().filter_map(|handle| handle.lines().next());
    let methods = |handle: &&str| handle.matches("///`Fn::GetAtt` of ").count();
    let fewest = handles.iter().map(methods).min();
    assert_eq!(fewest, Some(12));
    let names: Vec<&str> = names.collect();
    insta::assert_snapshot!(format!(
        "{}\n\n{}",
        names.join("\n"),
        queue.expect("a queue")
    ));
}

#[test]
fn a_resource_with_mistakes() {
    let policy = "stack, Access: AWS::SNS::TopicPolicy { Topiks: [\"a\"], PolicyDocument: 1 }";
    insta::assert_snapshot!(expression(macros::resource, policy));
}

#[test]
fn the_keys_that_editors_complete() {
    let expanded = macros::team_ide(tokens("users = 2, domian = 1"), tokens("struct AcmeIde;"));
    let text = formatted(expanded);
    let (names, _) = text.split_once("struct AcmeIde;").expect("the item");
    insta::assert_snapshot!(names);
}

#[test]
fn the_names_that_editors_complete() {
    let policy = "stack, Access: AWS::SNS::TopicPolicy { Topics: [&alarms], PolicyDocument: {} }";
    let names = expression(macros::resource_names, policy);
    // Services that are not used have only their names.
    let is_other = |line: &str| line.trim_start().starts_with("pub mod ") && line.ends_with(" {}");
    let others = names.lines().filter(|line| is_other(line)).count();
    assert!(others > 200, "{others}");
    let lines = names.lines().filter(|line| !is_other(line));
    let lines: Vec<&str> = lines.collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_value_and_the_members_of_an_object() {
    let value = "{ Fn::If: [\"Large\", { Ref: \"A\" }, [1, -2.5, true, null, name.len()]] }";
    let members = "Name: \"site\", \"a-b\": [{ C: name }]";
    let both = [
        expression(macros::json, value),
        expression(macros::object, members),
    ];
    insta::assert_snapshot!(both.concat());
}
