//! Updated hosts.

use vsc_spec::{Json, Object};

use crate::Failure;
use crate::operation::patch::Patched;
use crate::terminal::Terminal;

/// Prints the updated hosts as JSON.
///
/// # Errors
///
/// When standard output cannot be written.
pub(crate) fn print(terminal: &Terminal, patched: &[Patched<'_>]) -> Result<(), Failure> {
    let hosts = patched.iter().map(|patched| {
        let packages = i64::try_from(patched.packages).unwrap_or(i64::MAX);
        let object = Object::new()
            .with("host", patched.host.clone())
            .with("from", patched.from.clone())
            .with("to", patched.to.clone())
            .with("packages", Json::Integer(packages))
            .with("reboot", patched.reboot.name());
        (patched.stack.name.clone(), Json::Object(object))
    });
    terminal.print_json(&Json::object(hosts))
}
