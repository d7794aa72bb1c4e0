//! New passwords.

use vsc_spec::{Json, Object};

use crate::Failure;
use crate::operation::rotate::{Effective, Rotated};
use crate::terminal::Terminal;
use crate::terminal::style::NAME;
use crate::terminal::table::Table;

/// Prints the developers with new passwords; for people only if the passwords are shown.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(
    terminal: &Terminal,
    rotated: &[Rotated<'_>],
    effective: Effective,
    shows: bool,
    json: bool,
) -> Result<(), Failure> {
    if json {
        let users = rotated.iter().map(|user| to_json(user, effective, shows));
        return terminal.print_json(&Json::array(users));
    }
    if shows {
        return terminal.print(&table(rotated));
    }
    Ok(())
}

pub(crate) fn table(rotated: &[Rotated<'_>]) -> String {
    let mut table = Table::new(vec!["NAME", "SECRET", "PASSWORD"]);
    for rotated in rotated {
        table.push(vec![
            format!("{NAME}{}{NAME:#}", rotated.user.name.as_str()),
            rotated.secret.clone(),
            rotated.password.clone(),
        ]);
    }
    table.to_string()
}

pub(crate) fn to_json(rotated: &Rotated<'_>, effective: Effective, shows: bool) -> Json {
    let effective = match effective {
        Effective::Now => "now",
        Effective::AtNextStart => "at-next-start",
    };
    let password = shows.then(|| rotated.password.clone());
    Json::Object(
        Object::new()
            .with("name", rotated.user.name.as_str().to_owned())
            .with("secret", rotated.secret.clone())
            .with("applied", effective)
            .with_some("password", password),
    )
}
