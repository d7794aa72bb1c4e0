//! Changes of permissions and network access, in tables of their own: here a small change of a
//! template has large effects.

use std::fmt::Write as _;

use vsc_core::diff::{AccessChange, Difference, Direction, NetworkChange};

use super::value::visible;
use crate::terminal::style::{ADDED, DIM, REMOVED, Style, TITLE, WARNING};
use crate::terminal::table::Table;

/// A row: its sign and style, its cells, and its mark.
struct Row {
    sign: char,
    style: Style,
    cells: Vec<String>,
    mark: Option<&'static str>,
    below: Option<String>,
}

/// Both tables, or nothing.
pub(super) fn tables(difference: &Difference) -> String {
    let mut text = String::new();
    let access: Vec<Row> = difference.access.iter().map(grant).collect();
    let titles = vec!["in", "effect", "who", "may", "on"];
    text.push_str(&table("Permissions", titles, &access));
    let network: Vec<Row> = difference.network.iter().map(rule).collect();
    let titles = vec!["group", "direction", "protocol", "ports", "from or to"];
    text.push_str(&table("Network", titles, &network));
    text
}

fn signed(added: bool) -> (char, Style) {
    if added { ('+', ADDED) } else { ('-', REMOVED) }
}

fn grant(change: &AccessChange) -> Row {
    let (sign, style) = signed(change.added);
    let grant = &change.grant;
    let mark = match change {
        change if !change.widens() => None,
        change if change.is_for_everybody() => Some("widens access to everyone"),
        change if change.is_broad() => Some("widens access to everything"),
        _ => Some("widens access"),
    };
    Row {
        sign,
        style,
        cells: vec![
            grant.id.clone(),
            grant.effect.clone(),
            grant.principal.clone(),
            grant.actions.join(", "),
            grant.resource.clone(),
        ],
        mark,
        below: grant
            .condition
            .as_ref()
            .map(|condition| format!("when {condition}")),
    }
}

fn rule(change: &NetworkChange) -> Row {
    let (sign, style) = signed(change.added);
    let rule = &change.rule;
    let mark = match (change.widens, rule.is_anywhere(), rule.direction) {
        (true, true, Direction::Ingress) => Some("open to the whole internet"),
        (true, true, Direction::Egress) => Some("open to all destinations"),
        (true, false, _) => Some("widens access"),
        _ => None,
    };
    let protocol = if rule.protocol == "-1" {
        "any"
    } else {
        &rule.protocol
    };
    Row {
        sign,
        style,
        cells: vec![
            rule.group.clone(),
            rule.direction.name().to_owned(),
            protocol.to_owned(),
            rule.ports_in_words(),
            rule.peer.clone(),
        ],
        mark,
        below: None,
    }
}

/// A table under a title, without trailing spaces.
fn table(title: &str, titles: Vec<&'static str>, rows: &[Row]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut table = Table::new(titles);
    for row in rows {
        table.push(row.cells.iter().map(|cell| visible(cell)).collect());
    }
    let mut text = format!(
        "{TITLE}{title}{TITLE:#}\n  {DIM}  {}{DIM:#}\n",
        table.head()
    );
    for (row, line) in rows.iter().zip(table.lines()) {
        let Row { sign, style, .. } = row;
        let mark = row
            .mark
            .map(|mark| format!("  {WARNING}! {mark}{WARNING:#}"));
        let mark = mark.unwrap_or_default();
        // Writing into a string cannot fail.
        _ = writeln!(text, "  {style}{sign} {line}{style:#}{mark}");
        if let Some(below) = &row.below {
            _ = writeln!(
                text,
                "  {style}{sign}{style:#}   {DIM}{}{DIM:#}",
                visible(below)
            );
        }
    }
    text.push('\n');
    text
}
