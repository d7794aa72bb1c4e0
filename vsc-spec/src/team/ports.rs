//! The ports on which the proxy listens.

use super::key::Key;
use crate::const_diagnostic::{ConstDiagnostic, attempt};

/// The port of the workspaces, each on a loopback address of its own.
pub const WORKSPACE_PORT: u16 = 20_000;

/// The port of the containers of the workspaces, at the same addresses.
const CONTAINER_PORT: u16 = 20_001;

/// The port on which the proxy answers the host itself.
const INTERNAL_PORT: u16 = 8_082;

/// The default port of the dashboard.
pub(super) const DEFAULT_DASHBOARD_PORT: u16 = 8_090;

/// How the workspaces are reached, as far as ports depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// By names and HTTPS: port 80 redirects.
    Https,
    /// By names and plain HTTP.
    Http,
    /// By the address of the host and a port for each of this number of workspaces.
    PortEach(usize),
}

impl Access {
    /// The default port of the workspaces.
    pub(super) const fn default_port(self) -> u16 {
        match self {
            Self::Https => 443,
            Self::Http => 80,
            Self::PortEach(_) => 8_100,
        }
    }
}

/// Validates a port that the proxy opens to the outside.
pub(super) const fn check(key: Key, port: i128, access: Access) -> Result<u16, ConstDiagnostic> {
    if port < 1 || port > 65_535 {
        return Err(ConstDiagnostic::new("")
            .signed(port)
            .text(" is not a valid port")
            .note("a port is a number from 1 to 65535")
            .help("write `")
            .text(key.example())
            .text("`"));
    }
    // The number is below 65,536.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let number = port as u16;
    let redirects = matches!(access, Access::Https);
    let http_itself = matches!((access, key), (Access::Http, Key::Port));
    let note = match number {
        22 => "SSH uses it",
        80 if redirects => "the proxy redirects it to HTTPS",
        80 if !http_itself => "plain HTTP uses it",
        INTERNAL_PORT => "the proxy uses it internally",
        WORKSPACE_PORT | CONTAINER_PORT => "the workspaces use it behind the proxy",
        4_180..=4_182 => "the login uses it behind the proxy",
        _ => return Ok(number),
    };
    Err(taken(number)
        .note(note)
        .help("write `")
        .text(key.example())
        .text("`"))
}

const fn taken(port: u16) -> ConstDiagnostic {
    ConstDiagnostic::new("port ")
        .number(port as u128)
        .text(" is taken")
}

/// Validates that the ports do not collide.
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
            .help("remove `dashboard_port` for ")
            .number(DEFAULT_DASHBOARD_PORT as u128)
            .text(", or choose another"),
    )
}

/// Validates the ports of all workspaces, which are consecutive.
const fn check_each(first: u16, dashboard_port: u16, users: usize) -> Result<(), ConstDiagnostic> {
    let mut at = 0;
    while at < users {
        let port = first as usize + at;
        if port == dashboard_port as usize {
            return Err(
                ConstDiagnostic::new("a workspace and the dashboard cannot share port ")
                    .count(port)
                    .note("without a `domain`, the workspaces use consecutive ports from `port` on")
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
    let note = "without a `domain`, the workspaces use consecutive ports from `port` on";
    if port > 65_535 {
        return Err(
            ConstDiagnostic::new("there are not enough ports for the team")
                .note(note)
                .help("write `port = 8100`"),
        );
    }
    // Checked just above.
    #[allow(clippy::cast_possible_truncation)]
    match check(Key::Port, port as i128, Access::PortEach(0)) {
        Ok(_) => Ok(()),
        Err(_) => Err(taken(port as u16).note(note).help("write `port = 8100`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_an_error() {
        for port in [0, -1, 22, 80, 4_180, 4_182, 8_082, 20_000, 20_001, 65_536] {
            assert!(check(Key::Port, port, Access::Https).is_err(), "{port}");
        }
        for port in [1, 443, 4_179, 4_183, 8_443, 19_999, 20_002, 65_535] {
            assert!(check(Key::Port, port, Access::Https).is_ok(), "{port}");
        }
        assert!(check(Key::Port, 80, Access::Http).is_ok());
        assert!(check(Key::DashboardPort, 80, Access::Http).is_err());
        let redirected = "the proxy redirects it to HTTPS";
        let plain = "plain HTTP uses it";
        for (key, port, access, note) in [
            (Key::Port, 22, Access::Http, "SSH uses it"),
            (Key::Port, 80, Access::Https, redirected),
            (Key::DashboardPort, 80, Access::Https, redirected),
            (Key::DashboardPort, 80, Access::Http, plain),
            (Key::Port, 80, Access::PortEach(1), plain),
        ] {
            let message = check(key, port, access).expect_err("taken").to_string();
            let expected = format!(
                "port {port} is taken\n{note}\n= help: write `{}`",
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
