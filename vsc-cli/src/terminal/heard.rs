//! What a test hears: everything that is written on its thread, to either stream.

use std::cell::RefCell;

thread_local! {
    static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
}

pub(super) fn add(text: &str) {
    TEXT.with_borrow_mut(|all| all.push_str(text));
}

/// How often the last line was taken away since it was asked for.
pub(crate) fn lines_cleared() -> usize {
    TEXT.take().matches("\x1b[2K").count()
}

/// What was written since it was asked for, without styles.
pub(crate) fn take() -> String {
    anstream::adapter::strip_str(&TEXT.take()).to_string()
}
