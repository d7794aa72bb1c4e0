//! Names for what is asked of CloudFormation: no two requests share one.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A name that nothing else has. In containers process IDs come again, so that the time is in it;
/// two deployments may begin at the same time, so that the process is in it. CloudFormation takes a
/// request with the token of an earlier one for the same request, and does nothing.
pub(crate) fn unique(purpose: &str) -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let stamp = SystemTime::now().duration_since(UNIX_EPOCH);
    let stamp = stamp.unwrap_or_default().as_millis();
    let process = process::id();
    match MADE.fetch_add(1, Ordering::Relaxed) {
        0 => format!("vsc-{purpose}{stamp:x}-{process:x}"),
        number => format!("vsc-{purpose}{stamp:x}-{process:x}-{number:x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_are_the_same_even_in_one_process_and_at_one_time() {
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
