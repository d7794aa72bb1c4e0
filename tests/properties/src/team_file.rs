//! Reading any text as a users file terminates in each format, with lines of the text; and the rules of a
//! team accept or reject the result.

use vsc::team::{Declaration, Users};
use vsc_macros_as_library::team_file;
use vsc_spec::document::Position;

use crate::positions::Lines;

const NAMES: [&str; 4] = ["team.toml", "team.yaml", "team.json", "team.csv"];

pub(crate) fn holds(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let lines = Lines::of(text);
    for name in NAMES {
        let (users, problems) = match team_file(name, text) {
            Ok(read) => read,
            Err(diagnostic) => {
                assert!(diagnostic.message.starts_with(name), "{diagnostic:?}");
                continue;
            }
        };
        for (line, diagnostic) in problems {
            assert!(
                diagnostic.message.starts_with(&format!("{name}:{line}: ")),
                "{diagnostic:?}"
            );
            lines.hold(Position { line, column: 1 }, text);
        }
        let declaration = Declaration {
            type_name: "Team".into(),
            domain: Some("code.example.com".into()),
            users: Some(Users::Records(users.into())),
            ..Declaration::default()
        };
        if let Ok(ide) = declaration.check() {
            assert!(!ide.users().is_empty());
        }
    }
    assert!(team_file("team.txt", text).is_err());
}
