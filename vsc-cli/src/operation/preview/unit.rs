//! The command of a systemd unit: systemd.service(5), "Command lines".

use std::collections::HashMap;

/// The arguments of a unit's command, without the program itself.
///
/// `%i` is the instance. `${NAME}` is one argument, `$NAME` as many as it has words.
pub(super) fn arguments(
    unit: &str,
    instance: &str,
    environment: &HashMap<String, String>,
) -> Vec<String> {
    let joined = unit.replace("\\\n", " ");
    let command = joined
        .lines()
        .find_map(|line| line.strip_prefix("ExecStart="));
    let words = command.unwrap_or_default().split_whitespace().skip(1);
    let mut arguments = Vec::new();
    for word in words {
        let word = word.replace("%i", instance);
        let bare = word.strip_prefix('$').filter(|name| !name.starts_with('{'));
        match bare {
            Some(name) => {
                let value = environment.get(name).map_or("", String::as_str);
                arguments.extend(value.split_whitespace().map(str::to_owned));
            }
            None => arguments.push(substituted(&word, environment)),
        }
    }
    arguments
}

fn substituted(word: &str, environment: &HashMap<String, String>) -> String {
    let mut parts = word.split("${");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        text.push_str(environment.get(name).map_or("", String::as_str));
        text.push_str(rest);
    }
    text
}

/// The variables of an environment file: systemd.exec(5), `EnvironmentFile=`.
pub(super) fn environment(file: &str) -> impl Iterator<Item = (String, String)> {
    file.lines().filter_map(|line| {
        let (name, value) = line.split_once('=')?;
        let quoted = value
            .strip_prefix('"')
            .and_then(|value| value.strip_suffix('"'));
        Some((name.to_owned(), quoted.unwrap_or(value).to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_as_systemd_reads_it() {
        let environment = environment("IMAGE=x/ide:1\nLIMIT=\"--cpus 0.5\"\n").collect();
        let unit = "[Service]\nExecStart=/usr/bin/docker run --name vsc-%i \\\n  $LIMIT $NONE -e A=${IMAGE}b ${IMAGE}\n";
        assert_eq!(
            arguments(unit, "alice", &environment),
            [
                "run",
                "--name",
                "vsc-alice",
                "--cpus",
                "0.5",
                "-e",
                "A=x/ide:1b",
                "x/ide:1"
            ]
        );
    }
}
