//! Scripts that only this program needs: it sends them to the host with each command. They belong to its
//! version, whatever version the host has, and take no space in the template.

/// The folder on the host, which only root can read.
pub(crate) const FOLDER: &str = "/run/vsc/tool";

/// A script in `scripts`.
pub(crate) struct ToolScript {
    name: &'static str,
    text: &'static str,
}

macro_rules! script {
    ($name:literal) => {
        ToolScript {
            name: $name,
            text: include_str!(concat!("scripts/", $name)),
        }
    };
}

pub(crate) const EXPORT: ToolScript = script!("export");
pub(crate) const HOMES_REPORT: ToolScript = script!("homes-report");
pub(crate) const PATCH: ToolScript = script!("patch");
pub(crate) const PURGE: ToolScript = script!("purge");
pub(crate) const RESTORE: ToolScript = script!("restore");

impl ToolScript {
    /// The shell command that writes the script, and runs it with arguments. A running copy of the script
    /// continues unchanged.
    pub(crate) fn command(&self, arguments: &str) -> String {
        let Self { name, text } = self;
        let end = "END_OF_SCRIPT";
        let command = format!(
            "set -e\nmkdir -p -m 0700 {FOLDER}\ncat > {FOLDER}/{name}.$$ << '{end}'\n{text}{end}\nmv {FOLDER}/{name}.$$ {FOLDER}/{name}\nbash {FOLDER}/{name} {arguments}"
        );
        command.trim_end_matches(' ').to_owned()
    }
}

/// What a command runs, without the script itself: `restore alice /dev/sdg`.
#[cfg(test)]
pub(crate) fn called(command: &str) -> &str {
    let call = format!("\nbash {FOLDER}/");
    command.split_once(&call).map_or(command, |(_, call)| call)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_script_runs_with_its_arguments_and_input() {
        let script = ToolScript {
            name: "greet",
            text: "#!/bin/bash\necho \"$0 $1 $2: $(cat)\"\nexit 3\n",
        };
        let folder = std::env::temp_dir().join(format!("vsc-tool-{}", std::process::id()));
        let folder = folder.display().to_string();
        let command = script.command("'two words' $HOME << 'END_OF_INPUT'\ninput\nEND_OF_INPUT\n");
        let command = command.replace(FOLDER, &folder);
        // As the agent of Systems Manager runs it.
        let output = Command::new("sh")
            .args(["-c", &command])
            .env("HOME", "h")
            .output();
        let output = output.expect("there is a shell");
        assert_eq!(output.status.code(), Some(3));
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            format!("{folder}/greet two words h: input\n")
        );
        let written = std::fs::read_to_string(format!("{folder}/greet"));
        assert!(written.is_ok_and(|text| text == script.text));
        _ = std::fs::remove_dir_all(folder);
    }

    #[test]
    fn no_script_ends_early() {
        for script in [EXPORT, HOMES_REPORT, PATCH, PURGE, RESTORE] {
            assert!(script.text.starts_with("#!/bin/bash\n"), "{}", script.name);
            assert!(script.text.ends_with('\n'), "{}", script.name);
            assert!(
                !script.text.contains("\nEND_OF_SCRIPT\n"),
                "{}",
                script.name
            );
            // Systems Manager accepts 64 KiB of parameters, and the URLs of an export are some of them.
            assert!(script.text.len() < 8_000, "{}", script.name);
            assert_eq!(
                called(&script.command("a b")),
                format!("{} a b", script.name)
            );
        }
    }
}
