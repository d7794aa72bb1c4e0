//! How the user calls this program: by its name, or through a config crate.

use clap::Command;

use crate::app::CALLED_AS;

/// The call in the source of help texts and messages.
pub(crate) const BY_CARGO: &str = "cargo run --";

/// The call of this program.
pub(crate) fn called() -> String {
    std::env::var(CALLED_AS).unwrap_or_else(|_| "vsc".to_owned())
}

/// The name of the program for shells and manual pages: that of a config crate that is called by its own
/// name, otherwise `vsc`.
pub(crate) fn program_name() -> String {
    let called = called();
    if called.contains(' ') {
        "vsc".to_owned()
    } else {
        called
    }
}

/// A command line whose help and examples call it by a name.
pub(crate) fn called_as(command: Command, name: &str) -> Command {
    with_examples(command.bin_name(name), name)
}

fn with_examples(command: Command, name: &str) -> Command {
    let command = command.mut_subcommands(|inner| with_examples(inner, name));
    match command.get_after_help() {
        Some(text) if name != BY_CARGO => {
            let text = text.to_string().replace("cargo run -q --", name);
            let text = text.replace(BY_CARGO, name);
            command.after_help(text)
        }
        _ => command,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_calls_the_program_by_its_name() {
        fn examples(command: &Command) -> Vec<String> {
            let own = command.get_after_help().map(ToString::to_string);
            let inner = command.get_subcommands().flat_map(examples);
            own.into_iter().chain(inner).collect()
        }
        let found = examples(&called_as(crate::commands::command(), "team")).join("\n");
        assert!(found.contains("  team users rotate alice\n"), "{found}");
        assert!(!found.contains("cargo run"), "{found}");
        let by_cargo = examples(&called_as(crate::commands::command(), BY_CARGO)).join("\n");
        assert!(by_cargo.contains("  cargo run -- users rotate alice\n"));
    }
}
