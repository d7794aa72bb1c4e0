//! Waits for workspaces to answer through the proxy.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use super::docker::Docker;
use super::plan::Workspace;
use crate::Failure;
use crate::interruption::Interruption;
use crate::operation::local::LocalEvent;

/// The time within which a workspace has to answer.
const LONGEST: Duration = Duration::from_secs(120);

/// Waits until the workspace answers, or until the user interrupts.
pub(super) fn wait(
    docker: &Docker<'_>,
    port: u16,
    workspace: &Workspace,
    interrupted: &Interruption,
) -> Result<(), Failure> {
    let started = Instant::now();
    while !interrupted.is_there() {
        if is_healthy(port, &workspace.host).unwrap_or(false) {
            let seconds = started.elapsed().as_secs_f64();
            docker.report(LocalEvent::Answers {
                user: &workspace.user,
                seconds,
            });
            return Ok(());
        }
        let stopped = !docker.is_running(&workspace.container);
        if stopped || started.elapsed() > LONGEST {
            let what = if stopped {
                "has stopped"
            } else {
                "does not answer"
            };
            return Err(Failure::input(format!("the workspace of {} {what}", workspace.user))
.hint(format!("run `docker run --rm -it --entrypoint /usr/bin/code-server {}` to see its output", workspace.image)));
        }
        thread::sleep(Duration::from_millis(250));
    }
    Ok(())
}

/// Checks the health as the host does: through the proxy, on a port for health checks.
fn is_healthy(port: u16, host: &str) -> std::io::Result<bool> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let limit = Duration::from_secs(5);
    let mut stream = TcpStream::connect_timeout(&address, limit)?;
    stream.set_read_timeout(Some(limit))?;
    write!(
        stream,
        "GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = [0; 12];
    stream.read_exact(&mut answer)?;
    Ok(answer.ends_with(b" 200"))
}
