//! The ports at which the proxy listens.

use super::key::Key;
use crate::const_diagnostic::{ConstDiagnostic, attempt};

/// The port of the workspaces, each on a loopback address of its own.
pub const WORKSPACE_PORT: u16 = 20_000;

/// Where the proxy answers the host itself.
const INTERNAL_PORT: u16 = 8_082;

/// The port of the dashboard when none is declared.
pub(super) const DEFAULT_DASHBOARD_PORT: u16 = 8_090;

/// How the workspaces are reached, as far as it matters for ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// By names and HTTPS: port 80 redirects.
    Https,
    /// By names and plain HTTP.
    Http,
    /// By the address of the host and a port for each of so many workspaces.
    PortEach(usize),
}

impl Access {
    /// The port of the workspaces when none is declared.
    pub(super) const fn default_port(self) -> u16 {
        match self {
            Self::Https => 443,
            Self::Http => 80,
            Self::PortEach(_) => 8_100,
        }
    }
}

/// Checks a port that the proxy opens to the outside.
pub(super) const fn check(key: Key, port: i128, access: Access) -> Result<u16, ConstDiagnostic> {
    if port < 1 || port > 65_535 {
        return Err(ConstDiagnostic::new("")
            .signed(port)
            .text(" is not a port")
            .note("ports are numbers from 1 to 65535")
            .help("write `")
            .text(key.example())
            .text("`"));
    }
    // The number is below 65,536.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let number = port as u16;
    let redirects = matches!(access, Access::Https);
    let http_itself = matches!((access, key), (Access::Http, Key::Port));
    let why = match number {
        22 => "it is the port of SSH",
        80 if redirects => "the proxy redirects from it to HTTPS",
        80 if !http_itself => "it is the port of plain HTTP",
        INTERNAL_PORT => "the proxy answers the host itself there",
        WORKSPACE_PORT => "the workspaces listen behind the proxy there",
        _ => return Ok(number),
    };
    Err(taken(number)
        .note(why)
        .help("write `")
        .text(key.example())
        .text("`"))
}

const fn taken(port: u16) -> ConstDiagnostic {
    ConstDiagnostic::new("port ")
        .number(port as u128)
        .text(" is taken")
}

/// Checks the ports against each other.
pub(super) const fn check_pair(
    port: u16,
    dashboard_port: u16,
    access: Access,
) -> Result<(), ConstDiagnostic> {
    if let Access::PortEach(users) = access {
        return check_each(port, dashboard_port, users);
    }
    if port != dashboard_port {
        return Ok(());
    }
    Err(
        ConstDiagnostic::new("the workspaces and the dashboard cannot share port ")
            .number(port as u128)
            .help("leave `dashboard_port` out for ")
            .number(DEFAULT_DASHBOARD_PORT as u128)
            .text(", or choose another"),
    )
}

/// Checks the ports of all workspaces, which follow each other.
const fn check_each(first: u16, dashboard_port: u16, users: usize) -> Result<(), ConstDiagnostic> {
    let mut at = 0;
    while at < users {
        let port = first as usize + at;
        if port == dashboard_port as usize {
            return Err(
                ConstDiagnostic::new("a workspace and the dashboard cannot share port ")
                    .count(port)
                    .note("without a `domain` each workspace has a port of its own, from `port` on")
                    .help("choose another `dashboard_port`"),
            );
        }
        at += 1;
    }
    Ok(())
}

/// Validates that the ports of all workspaces can be opened.
pub(super) const fn check_last(first: u16, access: Access) -> Result<(), ConstDiagnostic> {
    if let Access::PortEach(users) = access {
        let mut at = 0;
        while at < users {
            attempt!(check_reachable(first as usize + at));
            at += 1;
        }
    }
    Ok(())
}

const fn check_reachable(port: usize) -> Result<(), ConstDiagnostic> {
    let why = "without a `domain` each workspace has a port of its own, from `port` on";
    if port > 65_535 {
        return Err(
            ConstDiagnostic::new("there are not enough ports for the team")
                .note(why)
                .help("write `port = 8100`"),
        );
    }
    // Checked just above.
    #[allow(clippy::cast_possible_truncation)]
    match check(Key::Port, port as i128, Access::PortEach(0)) {
        Ok(_) => Ok(()),
        Err(_) => Err(taken(port as u16).note(why).help("write `port = 8100`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_that_are_in_use_are_rejected() {
        for port in [0, -1, 22, 80, 8_082, 20_000, 65_536] {
            assert!(check(Key::Port, port, Access::Https).is_err(), "{port}");
        }
        for port in [1, 443, 8_443, 19_999, 20_001, 65_535] {
            assert!(check(Key::Port, port, Access::Https).is_ok(), "{port}");
        }
        assert!(check(Key::Port, 80, Access::Http).is_ok());
        assert!(check(Key::DashboardPort, 80, Access::Http).is_err());
        let redirected = "the proxy redirects from it to HTTPS";
        let plain = "it is the port of plain HTTP";
        for (key, port, access, why) in [
            (Key::Port, 22, Access::Http, "it is the port of SSH"),
            (Key::Port, 80, Access::Https, redirected),
            (Key::DashboardPort, 80, Access::Https, redirected),
            (Key::DashboardPort, 80, Access::Http, plain),
            (Key::Port, 80, Access::PortEach(1), plain),
        ] {
            let message = check(key, port, access).expect_err("taken").to_string();
            let expected = format!(
                "port {port} is taken\n{why}\n= help: write `{}`",
                key.example()
            );
            assert_eq!(message, expected);
        }
        let defaults = [Access::Https, Access::Http, Access::PortEach(3)];
        assert_eq!(defaults.map(Access::default_port), [443, 80, 8_100]);
    }

    #[test]
    fn ports_of_all_workspaces_are_free() {
        assert!(check_pair(8_100, 8_090, Access::PortEach(180)).is_ok());
        assert!(check_pair(8_080, 8_090, Access::PortEach(2)).is_ok());
        assert!(check_pair(8_089, 8_090, Access::PortEach(3)).is_err());
        assert!(check_pair(8_088, 8_090, Access::PortEach(2)).is_ok());
        assert!(check_pair(8_090, 8_090, Access::Https).is_err());
        assert!(check_pair(8_089, 8_090, Access::Https).is_ok());
        assert!(check_last(65_530, Access::PortEach(6)).is_ok());
        assert!(check_last(65_530, Access::PortEach(7)).is_err());
        assert!(check_last(8_080, Access::PortEach(3)).is_err());
        assert!(check_last(65_530, Access::Https).is_ok());
    }
}
