//! Changed values as text.

use std::borrow::Cow;
use std::fmt::Write as _;

use vsc_core::diff::{Line, ValueChange, lines, text_of, texts_of};
use vsc_core::template::write_template_yaml;
use vsc_spec::Json;
use vsc_spec::resource::UpdateType;
use vsc_spec::visible::one_line;

use crate::terminal::style::{ADDED, CHANGED, DIM, REMOVED, Style};
use crate::text::grouped;

/// The most lines of a value that are shown without `--verbose`.
const SHOWN: usize = 8;

/// The length from which a line is shortened without `--verbose`, and what it is shortened to.
const WIDTH: usize = 240;
const BEGINNING: usize = 40;

/// The change of one value: its path, old → new, and its effect.
pub(super) fn change(path: &str, change: &ValueChange, indent: &str, whole: bool) -> String {
    let effect = effect(change.update);
    let mut text = String::new();
    let colon = if path.is_empty() { "" } else { ": " };
    // Writing into a string cannot fail.
    _ = match (&change.old, &change.new) {
        (Some(_), Some(new)) if change.is_order() => {
            let items = new.as_array().map_or(0, <[Json]>::len);
            writeln!(
                text,
                "{indent}{CHANGED}~{CHANGED:#} {path}{colon}the same {items} items in another order{effect}"
            )
        }
        (Some(old), Some(new)) => match texts_of(old, new) {
            Some(texts) => {
                _ = writeln!(text, "{indent}{CHANGED}~{CHANGED:#} {path}{effect}");
                text.push_str(&compared(texts.old, texts.new, indent));
                if let Some((old, new)) = &texts.around {
                    block(&mut text, ('-', REMOVED), &yaml(old), indent, whole);
                    block(&mut text, ('+', ADDED), &yaml(new), indent, whole);
                }
                Ok(())
            }
            None => replaced(&mut text, path, (old, new), indent, &effect, whole),
        },
        (None, Some(new)) => {
            one(&mut text, ('+', ADDED), path, new, indent, &effect, whole);
            Ok(())
        }
        (Some(old), None) => {
            one(&mut text, ('-', REMOVED), path, old, indent, &effect, whole);
            Ok(())
        }
        (None, None) => Ok(()),
    };
    text
}

/// The effect of an update, printed behind its cause; nothing for an update in place.
pub(super) fn effect(update: UpdateType) -> String {
    let words = update.in_words();
    match update {
        UpdateType::InPlace => String::new(),
        UpdateType::Interrupts => format!("  {CHANGED}{words}{CHANGED:#}"),
        UpdateType::MayReplace | UpdateType::Replaces => format!("  {REMOVED}{words}{REMOVED:#}"),
    }
}

fn replaced(
    text: &mut String,
    path: &str,
    (old, new): (&Json, &Json),
    indent: &str,
    effect: &str,
    whole: bool,
) -> std::fmt::Result {
    let colon = if path.is_empty() { "" } else { ": " };
    let (before, after) = (yaml(old), yaml(new));
    if let ([before], [after]) = (before.as_slice(), after.as_slice()) {
        let (before, after) = (shortened(before, whole), shortened(after, whole));
        return writeln!(
            text,
            "{indent}{CHANGED}~{CHANGED:#} {path}{colon}{REMOVED}{before}{REMOVED:#} → {ADDED}{after}{ADDED:#}{effect}"
        );
    }
    writeln!(text, "{indent}{CHANGED}~{CHANGED:#} {path}{effect}")?;
    block(text, ('-', REMOVED), &before, indent, whole);
    block(text, ('+', ADDED), &after, indent, whole);
    Ok(())
}

fn one(
    text: &mut String,
    (sign, style): (char, Style),
    path: &str,
    value: &Json,
    indent: &str,
    effect: &str,
    whole: bool,
) {
    let value = yaml(value);
    let colon = if path.is_empty() { "" } else { ": " };
    // Writing into a string cannot fail.
    if let [only] = value.as_slice() {
        let only = shortened(only, whole);
        _ = writeln!(
            text,
            "{indent}{style}{sign}{style:#} {path}{colon}{style}{only}{style:#}{effect}"
        );
    } else {
        if !path.is_empty() {
            _ = writeln!(text, "{indent}{style}{sign}{style:#} {path}{effect}");
        }
        block(text, (sign, style), &value, indent, whole);
    }
}

fn block(
    text: &mut String,
    (sign, style): (char, Style),
    lines: &[String],
    indent: &str,
    whole: bool,
) {
    let shown = if whole || lines.len() <= SHOWN + 1 {
        lines.len()
    } else {
        SHOWN
    };
    for line in lines.iter().take(shown) {
        // Writing into a string cannot fail.
        let line = shortened(line, whole);
        _ = writeln!(text, "{indent}    {style}{sign} {line}{style:#}");
    }
    if shown < lines.len() {
        let more = lines.len() - shown;
        _ = writeln!(
            text,
            "{indent}    {DIM}{sign} … {more} more lines; --verbose shows them{DIM:#}"
        );
    }
}

/// Two texts of several lines: the lines that differ, with a little context.
fn compared(old: &str, new: &str, indent: &str) -> String {
    let mut text = String::new();
    for line in lines(old, new) {
        let line = match line {
            Line::Gap(number) => Line::Gap(number),
            Line::Same(line) => Line::Same(visible(&line)),
            Line::Removed(line) => Line::Removed(visible(&line)),
            Line::Added(line) => Line::Added(visible(&line)),
        };
        // Writing into a string cannot fail.
        _ = match line {
            Line::Gap(number) => writeln!(text, "{indent}    {DIM}… line {number}{DIM:#}"),
            Line::Same(line) if line.trim().is_empty() => writeln!(text),
            Line::Same(line) => writeln!(text, "{indent}    {DIM}  {line}{DIM:#}"),
            Line::Removed(line) => writeln!(text, "{indent}    {REMOVED}- {line}{REMOVED:#}"),
            Line::Added(line) => writeln!(text, "{indent}    {ADDED}+ {line}{ADDED:#}"),
        };
    }
    text
}

/// A line, shortened unless `whole`.
fn shortened(line: &str, whole: bool) -> Cow<'_, str> {
    let length = line.chars().count();
    if whole || length <= WIDTH {
        return Cow::Borrowed(line);
    }
    let beginning: String = line.chars().take(BEGINNING).collect();
    Cow::Owned(format!("{beginning}… ({} characters)", grouped(length)))
}

/// The lines of a value in YAML; those of a string as they are.
pub(super) fn yaml(value: &Json) -> Vec<String> {
    let text = match text_of(value) {
        Some(text) => text.to_owned(),
        None => write_template_yaml(value),
    };
    text.lines().map(visible).collect()
}

/// The line with control and invisible characters escaped as in Rust.
pub(super) fn visible(line: &str) -> String {
    one_line(&line.replace('\t', "    ")).into_owned()
}
