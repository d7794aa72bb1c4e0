//! Output captured for tests: everything that is written on the thread, to either stream.

use std::cell::RefCell;

thread_local! {
    static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
}

pub(super) fn add(text: &str) {
    TEXT.with_borrow_mut(|all| all.push_str(text));
}

/// The number of cleared lines since the last call.
pub(crate) fn lines_cleared() -> usize {
    TEXT.take().matches("\x1b[2K").count()
}

/// The output since the last call, without styles.
pub(crate) fn take() -> String {
    anstream::adapter::strip_str(&TEXT.take()).to_string()
}
