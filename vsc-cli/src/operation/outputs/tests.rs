use super::*;
use crate::aws::cloudformation;
use crate::aws::scripted::{Aws, message, stack_with};
use crate::terminal::{Terminal, heard};
use crate::view::outputs::print;

fn deployed(outputs: &str) -> Deployed {
    let aws = Aws::default().answers(
        "DescribeStacks",
        [stack_with(
            "CREATE_COMPLETE",
            &format!("<Outputs>{outputs}</Outputs>"),
        )],
    );
    let found = aws.run(async |session| cloudformation::deployed(session, "team").await);
    found.expect("it is there")
}

const TWO: &str = "<member><OutputKey>AliceUrl</OutputKey><OutputValue>https://a</OutputValue></member><member><OutputKey>BobUrl</OutputKey><OutputValue>https://b</OutputValue></member>";

#[test]
fn one_output_is_its_value() {
    let stack = deployed(TWO);
    assert_eq!(
        value_of(&stack, "BobUrl").ok().as_deref(),
        Some("https://b")
    );
    for (name, help) in [
        ("BobUrI", "did you mean `BobUrl`?"),
        ("Something", "the outputs are `AliceUrl` and `BobUrl`"),
    ] {
        assert_eq!(
            message(value_of(&stack, name)),
            format!("team has no output `{name}`\n= help: {help}")
        );
    }
    assert_eq!(
        message(value_of(&deployed(""), "A")),
        "team has no output `A`\n= help: the stack has no outputs"
    );
}

#[test]
fn several_stacks_have_titles() {
    let shown = |stacks: &[Deployed], json| {
        heard::take();
        assert!(print(&Terminal::default(), stacks, json).is_ok());
        let text = heard::take();
        text.lines()
            .map(str::trim_end)
            .collect::<Vec<_>>()
            .join("\n")
    };
    let stack = deployed(TWO);
    let table = "OUTPUT    VALUE\nAliceUrl  https://a\nBobUrl    https://b";
    assert_eq!(shown(std::slice::from_ref(&stack), false), table);
    assert_eq!(
        shown(&[stack.clone(), stack.clone()], false),
        format!("team\n{table}\n\nteam\n{table}")
    );
    let json: String = shown(&[stack], true).split_whitespace().collect();
    assert_eq!(
        json,
        r#"{"team":{"AliceUrl":"https://a","BobUrl":"https://b"}}"#
    );
}
