//! Packs the names of the IANA time zone database: `vsc-spec/src/team/timezone.rs` documents the layout.

use std::fs;
use std::path::Path;

/// What stands for a system that nobody has configured is not a time zone.
const UNCONFIGURED: &str = "Factory";

/// The text of `timezones.txt`, from the unpacked tzdata package.
pub(super) fn pack(tzdata: &Path) -> Result<String, String> {
    let read = |name: &str| {
        let path = tzdata.join("tzdata").join(name);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    text(&read("zoneinfo/tzdata.zi")?, &read("zones")?)
}

fn text(database: &str, names: &str) -> Result<String, String> {
    let version = database
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("# version "))
        .ok_or("tzdata.zi: its first line is not its version")?;
    let mut names: Vec<&str> = names.lines().filter(|name| *name != UNCONFIGURED).collect();
    names.sort_unstable();
    let names = names.into_iter().flat_map(|name| [name, "\n"]);
    Ok(format!("tzdata {version}\n") + &names.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_below_the_version() {
        assert_eq!(
            text("# version 2026f\nR a", "UTC\nFactory\nEurope/Rome\n"),
            Ok("tzdata 2026f\nEurope/Rome\nUTC\n".to_owned())
        );
        assert_eq!(
            text("R a", "UTC\n"),
            Err("tzdata.zi: its first line is not its version".to_owned())
        );
    }
}
