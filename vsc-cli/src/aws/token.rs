//! Unique tokens for requests.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A unique token. It contains the time, since process IDs recur in containers, and the process ID,
/// since two deployments may start at the same time. CloudFormation treats a request with the token of
/// an earlier one as the same request, and does nothing.
pub(crate) fn unique(purpose: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let stamp = SystemTime::now().duration_since(UNIX_EPOCH);
    let stamp = stamp.unwrap_or_default().as_millis();
    let process = process::id();
    match COUNT.fetch_add(1, Ordering::Relaxed) {
        0 => format!("vsc-{purpose}{stamp:x}-{process:x}"),
        number => format!("vsc-{purpose}{stamp:x}-{process:x}-{number:x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_unique_even_in_one_process_at_one_time() {
        let (one, other) = (unique("delete-"), unique("delete-"));
        assert_ne!(one, other);
        let stamp = SystemTime::now().duration_since(UNIX_EPOCH);
        let hour = stamp.unwrap_or_default().as_millis() >> 24;
        assert!(one.starts_with(&format!("vsc-delete-{hour:x}")), "{one}");
        // CloudFormation User Guide: letters, digits and hyphens, at most 128.
        assert!(
            one.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        );
    }
}
