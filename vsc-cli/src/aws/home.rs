//! The homes on a host, from the script `homes-report`: a line `NAME|SIZE|USED|STATE|DATE` each, with `|return` behind it
//! if the home waits for its user.

use vsc_spec::visible::one_line;

/// The home of a developer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Home {
    /// The name of the developer; an older one that was kept is called `NAME@DATE`.
    pub(crate) name: String,
    /// Its size in MiB: the developer's share of the disk.
    pub(crate) size_mib: u64,
    /// How much of it is used, in MiB; none if that is unknown.
    pub(crate) used_mib: Option<u64>,
    pub(crate) state: HomeState,
    /// Whether its developer, who has left, is to find it again.
    pub(crate) returns: bool,
}

/// Whether its developer is in the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HomeState {
    Present,
    /// The developer has left: when, if that is known.
    Left(Option<String>),
}

impl Home {
    /// Reads the output of the script. Lines in another form, of a newer host, are skipped.
    pub(crate) fn read(output: &str) -> Vec<Self> {
        output.lines().filter_map(Self::of).collect()
    }

    fn of(line: &str) -> Option<Self> {
        let mut fields = line.trim().split('|').map(str::trim);
        let name = fields.next().filter(|name| is_name(name))?.to_owned();
        let size_mib = fields.next()?.parse().ok()?;
        let used_mib = fields.next()?.parse().ok();
        let state = fields.next()?;
        let date = fields.next().filter(|date| !date.is_empty());
        let date = date.map(|date| one_line(date).into_owned());
        let state = match state {
            "present" => HomeState::Present,
            "departed" => HomeState::Left(date),
            _ => return None,
        };
        Some(Self {
            name,
            size_mib,
            used_mib,
            state,
            returns: fields.next() == Some("return"),
        })
    }

    /// Whether its developer is in the team.
    pub(crate) fn is_present(&self) -> bool {
        self.state == HomeState::Present
    }

    /// The developer whose home it is or was.
    pub(crate) fn user(&self) -> &str {
        let (user, _) = self.name.split_once('@').unwrap_or((&self.name, ""));
        user
    }
}

/// Whether a text has the form of the name of a home: a user name, maybe with `@` and a date.
pub(crate) fn is_name(text: &str) -> bool {
    let (user, date) = text.split_once('@').unwrap_or((text, "-"));
    let is_user = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_date = |byte: u8| byte.is_ascii_alphanumeric() || b":.-".contains(&byte);
    !user.is_empty()
        && !user.starts_with('-')
        && user.bytes().all(is_user)
        && !date.is_empty()
        && date.bytes().all(is_date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_are_read_line_by_line() {
        let output = "alice|10240|812|present|\nbob|10240|9000|departed|2026-11-01T09:00:00Z|return\n\
                      bob@2025-01-02|5120||departed|2025-01-02\nnew|format\n../etc|1|1|present|\n\
                      carol|10240|1|lost|\n";
        let home = |name: &str, size_mib, used_mib, state| Home {
            name: name.to_owned(),
            size_mib,
            used_mib,
            state,
            returns: name == "bob",
        };
        let left = |date: &str| HomeState::Left(Some(date.to_owned()));
        assert_eq!(
            Home::read(output),
            [
                home("alice", 10_240, Some(812), HomeState::Present),
                home("bob", 10_240, Some(9_000), left("2026-11-01T09:00:00Z")),
                home("bob@2025-01-02", 5_120, None, left("2025-01-02")),
            ]
        );
        assert_eq!(Home::read(""), []);
        let homes = Home::read(output);
        assert_eq!(homes[2].user(), "bob");
        assert!(homes[0].is_present() && !homes[1].is_present());
    }

    #[test]
    fn names_cannot_be_paths_or_options() {
        for name in ["alice", "a-1", "bob@2025-01-02T03:04:05Z"] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "", "-a", "a/b", "..", "Alice", "a b", "a@", "@b", "a@b/c", "a;b", "a@b@c",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }
}
