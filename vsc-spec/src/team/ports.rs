//! The ports at which the proxy listens.

use super::key::Key;
use crate::finding::Finding;

/// The port of the workspaces, each on a loopback address of its own.
pub const WORKSPACE_PORT: u16 = 20_000;

/// Where the proxy answers the host itself.
const INTERNAL_PORT: u16 = 8_082;

/// The port of the workspaces when none is declared.
pub(super) const DEFAULT_PORT: u16 = 443;

/// The port of the dashboard when none is declared.
pub(super) const DEFAULT_DASHBOARD_PORT: u16 = 8_090;

/// Judges a port that the proxy opens to the outside.
pub(super) fn check(key: Key, port: i128) -> Result<u16, Finding> {
    let number = match u16::try_from(port) {
        Ok(number) if number > 0 => number,
        _ => {
            return Err(Finding::new(format!("{port} is not a port"))
                .why("ports are numbers from 1 to 65535")
                .help(format!("write `{}`", key.example())));
        }
    };
    let taken = match number {
        22 => "it is the port of SSH",
        80 => "the proxy redirects from it to HTTPS",
        INTERNAL_PORT => "the proxy answers the host itself there",
        WORKSPACE_PORT => "the workspaces listen behind the proxy there",
        _ => return Ok(number),
    };
    Err(Finding::new(format!("port {number} is taken"))
        .why(taken)
        .help(format!("write `{}`", key.example())))
}

/// Judges the ports against each other.
pub(super) fn check_pair(port: u16, dashboard_port: u16) -> Result<(), Finding> {
    if port != dashboard_port {
        return Ok(());
    }
    Err(Finding::new(format!(
        "the workspaces and the dashboard cannot share port {port}"
    ))
    .help(format!(
        "leave `dashboard_port` out for {DEFAULT_DASHBOARD_PORT}, or choose another"
    )))
}
