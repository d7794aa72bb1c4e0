//! Tables.

use std::fmt;

use super::style::TITLE;
use super::{one_line, plain};

/// A table whose columns are as wide as their widest cell. Cells may be styled.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    titles: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new(titles: Vec<&'static str>) -> Self {
        Self {
            titles,
            rows: Vec::new(),
        }
    }

    /// Adds a row. Each cell becomes one line.
    pub(crate) fn push(&mut self, mut cells: Vec<String>) {
        for cell in &mut cells {
            *cell = one_line(cell);
        }
        self.rows.push(cells);
    }

    /// The titles in a line, without a style.
    pub(crate) fn head(&self) -> String {
        line(&self.widths(), self.titles.iter().map(ToString::to_string))
    }

    /// The rows, a line each.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        let widths = self.widths();
        let rows = self.rows.iter();
        rows.map(move |row| line(&widths, row.iter().cloned()))
    }

    fn widths(&self) -> Vec<usize> {
        (0..self.titles.len())
            .map(|column| self.width(column))
            .collect()
    }

    fn width(&self, column: usize) -> usize {
        let title = self.titles.get(column).map_or(0, |title| title.len());
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| width(cell)).max().unwrap_or(0).max(title)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let titles = self.titles.iter();
        let titles = titles.map(|title| format!("{TITLE}{title}{TITLE:#}"));
        let head = line(&self.widths(), titles);
        writeln!(f, "{head}")?;
        for line in self.lines() {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

/// A line of cells, each as wide as its column.
fn line(widths: &[usize], cells: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for (cell, wide) in cells.zip(widths) {
        if !text.is_empty() {
            text.push_str("  ");
        }
        text.push_str(&cell);
        let rest = wide.saturating_sub(width(&cell));
        text.extend(std::iter::repeat_n(' ', rest));
    }
    text.trim_end().to_owned()
}

/// The number of visible characters.
fn width(text: &str) -> usize {
    plain(text).chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_visible_text() {
        let mut table = Table::new(vec!["NAME", "URL"]);
        table.push(vec![format!("{TITLE}alice{TITLE:#}"), "a".to_owned()]);
        table.push(vec!["bo".to_owned(), String::new()]);
        assert_eq!(plain(&table.to_string()), "NAME   URL\nalice  a\nbo\n");
    }
}
