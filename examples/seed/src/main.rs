//! The hand-written template that vsc replaces, at its own defaults.
//!
//! What the template asks the operator for stays a parameter of the same name: the VPC and the
//! subnet, the hosted zone, the names of the certificate parameters, and the range of addresses
//! that may reach the host. The template opened that one to the whole world by default; here the
//! operator has to decide.

use vsc::prelude::*;

#[team_ide(
    users = 1,
    domain = "code.mydomain.com",
    port = 443,
    dashboard_port = 8090,
    instance = "t3.small",
    root_volume = "30 GiB",
    key_pair = "code-server",
    tls = ssm,
    stack_name = "vcs-server",
    description = "VS Code in the browser for a team, behind Traefik on one host"
)]
struct Seed;

vsc::main!(Seed);
