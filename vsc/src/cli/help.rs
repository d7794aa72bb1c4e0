//! The help texts.

/// What is described.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    Program,
    Synth,
    List,
}

/// The help text.
pub(super) fn text(topic: Topic) -> &'static str {
    match topic {
        Topic::Program => PROGRAM,
        Topic::Synth => SYNTH,
        Topic::List => LIST,
    }
}

const PROGRAM: &str = "\
A team IDE as code: VS Code in the browser for a team, on its own AWS account

Usage: cargo run -- [OPTIONS] <COMMAND>

Commands:
  synth  Print the CloudFormation template of a stack [alias: synthesize]
  list   List the stacks of this crate [alias: ls]
  help   Print this message, or the help of a command

Commands of the program `vsc`, which receives the stacks of this crate:
  users, login-urls, capacity, check, diff, graph, watch, preview, doctor,
  deploy, destroy, status, events, outputs, logs, audit, start, stop,
  patch, homes, snapshots, restore, drift, diagnose, rollback, import,
  refactor, schema, completions, man

Options:
      --color <WHEN>  Use colours: auto (on a terminal, unless NO_COLOR is set), always, never
                      [default: auto]
  -q, --quiet         Print only results and errors
  -v, --verbose       Show AWS calls and where values come from
  -h, --help          Print help
  -V, --version       Print version

Examples:
  cargo run -- synth
  cargo run -- synth --output templates
  cargo run -- list --long
  cargo run -- preview
";

const SYNTH: &str = "\
Print the CloudFormation template of a stack

Usage: cargo run -- synth [OPTIONS] [STACK]...

Arguments:
  [STACK]...  Stacks by name; `*` matches any characters [default: all]

Options:
      --all              Select all stacks
  -f, --format <FORMAT>  Print in this format: yaml (for people: short, with comments) or json
                         (for programs) [default: yaml]
  -o, --output <DIR>     Write STACK.template.yaml and assembly.json to this folder instead of
                         printing
      --color <WHEN>     Use colours: auto, always, never [default: auto]
  -q, --quiet            Print only results and errors
  -h, --help             Print help

Examples:
  cargo run -- synth
  cargo run -- synth production -f json
  cargo run -- synth --output templates
";

const LIST: &str = "\
List the stacks of this crate

Usage: cargo run -- list [OPTIONS] [STACK]...

Arguments:
  [STACK]...  Stacks by name; `*` matches any characters [default: all]

Options:
      --all           Select all stacks
  -l, --long          Show each stack's number of users, instance type and domain
      --json          Print the result as JSON
      --color <WHEN>  Use colours: auto, always, never [default: auto]
  -q, --quiet         Print only results and errors
  -h, --help          Print help

Examples:
  cargo run -- list --long
  cargo run -- list --json \"prod*\"
";
