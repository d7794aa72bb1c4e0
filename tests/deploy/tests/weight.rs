//! The default build of a config crate stays light.

use std::process::Command;

use vsc_tests::workspace;

fn tree(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(workspace());
    command.args(["tree", "--edges", "normal", "--prefix", "none"]);
    let output = command.args(arguments).output().expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("the tree is text")
}

#[test]
fn neither_tokio_nor_the_sdk_is_in_the_default_build() {
    let default = tree(&["-p", "quickstart"]);
    let heavy = |line: &&str| {
        line.starts_with("tokio")
            || line.starts_with("aws-")
            || line.starts_with("hyper")
            || line.starts_with("rustls")
    };
    let found: Vec<&str> = default.lines().filter(heavy).collect();
    assert!(found.is_empty(), "{found:?}");
    // What is looked for is found where it is.
    let whole = tree(&["-p", "vsc", "--features", "deploy"]);
    assert!(
        whole
            .lines()
            .any(|line| line.starts_with("aws-sdk-cloudformation"))
    );
}
