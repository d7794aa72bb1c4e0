use std::fs;
use std::path::PathBuf;

use vsc_core::file;

use super::*;
use crate::app::App;
use crate::assembly::{Assembly, Synthesis};
use crate::terminal::Terminal;

/// The stacks that `deploy` works on with these arguments.
fn selected(app: &App, arguments: &[&str]) -> Result<Vec<Stack>, String> {
    let words = [&["vsc", "deploy"], arguments].concat();
    let matches = crate::commands::command().try_get_matches_from(words);
    let matches = matches.map_err(|error| error.to_string())?;
    let context = Context {
        app,
        terminal: &Terminal::default(),
    };
    let (_, matches) = matches.subcommand().expect("it is a command");
    selected_or_file(&context, matches, "deploy").map_err(|failure| failure.text())
}

/// A template in a folder of the test.
fn template(folder: &str, name: &str) -> PathBuf {
    let folder = file::private_folder(&std::env::temp_dir(), folder).expect("it is made");
    let path = folder.join(name);
    fs::write(&path, "Resources: {Queue: {Type: AWS::SQS::Queue}}").expect("it is written");
    path
}

#[test]
fn a_template_in_a_file_has_the_name_of_the_option() {
    let path = template("vsc-target", "net work.yaml");
    let file = path.to_str().expect("it is UTF-8");
    let app = App::default();
    let stacks = selected(&app, &[file, "--stack", "web"]).expect("it is selected");
    let [stack] = stacks.as_slice() else {
        panic!("{stacks:?}");
    };
    assert_eq!(stack.name, "web");
    assert!(stack.is_declared() && stack.team.is_none());
    assert_eq!(stack.selection(), format!("'{file}' --stack web"));
    let reported = selected(&app, &[file]).expect_err("it has no name");
    assert!(reported.ends_with("--stack NAME`"), "{reported}");
    let reported = selected(&app, &[file, "--stack", "my_stack"]).expect_err("it is no name");
    assert!(
        reported.starts_with("--stack: \"my_stack\" is not a valid stack name")
            && reported.ends_with("= help: write \"my-stack\""),
        "{reported}"
    );
    let reported = selected(&app, &[file, file, "--stack", "web"]).expect_err("there are two");
    assert!(
        reported.contains("deploy accepts one template"),
        "{reported}"
    );
    fs::remove_dir_all(path.parent().expect("it has one")).expect("it is there");
}

#[test]
fn the_help_suggests_a_name() {
    let path = template("vsc-target", "network.template.yaml");
    let file = path.to_str().expect("it is UTF-8");
    let reported = selected(&App::default(), &[file]).expect_err("it has no name");
    assert_eq!(
        reported,
        format!(
            "{file}: a template in a file has no stack name\n= help: pass one: `cargo run -- deploy {file} --stack network`"
        )
    );
    fs::remove_dir_all(path.parent().expect("it has one")).expect("it is there");
}

#[test]
fn without_a_file_the_stacks_are_those_of_the_app() {
    let stack = Stack {
        name: "team".to_owned(),
        ..Stack::default()
    };
    let app = App::of(Assembly {
        stacks: vec![Synthesis::Done(Box::new(stack))],
        ..Assembly::default()
    });
    let stacks = selected(&app, &["team"]).expect("it is selected");
    assert_eq!(stacks[0].selection(), "team");
    let reported = selected(&app, &["team", "--stack", "web"]).expect_err("it is no file");
    assert!(
        reported.starts_with("`--stack web` names the stack of a template in a file"),
        "{reported}"
    );
    let reported = selected(&App::default(), &["team"]).expect_err("there is no app");
    assert!(
        reported.contains("`cargo run -- deploy FILE --stack NAME`"),
        "{reported}"
    );
    let reported = selected(&app, &["missing.yaml", "--stack", "web"]).expect_err("it is missing");
    assert!(reported.starts_with("missing.yaml: "), "{reported}");
}
