//! One developer's workload does not affect others.
//!
//! Everything runs in a workspace that limits it.

use std::time::{Duration, Instant};

use crate::host::Ran;
use crate::report::{promise, seconds};
use crate::scene::Scene;

/// A workload: its name, the command, and whether a limit ended it.
type Hog = (&'static str, &'static str, fn(&Ran) -> bool);

/// Fills the home and everything else writable, then the memory, then the processes; meanwhile a
/// colleague's page responds.
pub(crate) fn everything(scene: &Scene<'_>, user: &str, colleague: &str) {
    let host = &scene.host;
    let inside = |line: &str| {
        host.shell(&format!(
            "docker exec --interactive vsc-{user} timeout 60 bash -c '{line}'"
        ))
    };
    // What all homes have in common: a home that fills takes nothing of it, since its space is reserved.
    let free = || {
        let text = host.answer("sync; df --output=avail -m /home/vsc | tail -n 1");
        text.trim().parse::<u64>().expect("it is a number")
    };
    let before = free();
    let filled = inside(
        "(cat /dev/zero > ~/full; cat /dev/zero > /tmp/full; cat /dev/zero > /var/tmp/full) 2>&1; df -m ~ | tail -n 1",
    );
    println!(
        "        {user}'s home is full: {}",
        filled.text.lines().last().unwrap_or_default()
    );
    assert!(
        filled.text.contains("No space left"),
        "{}{}",
        filled.text,
        filled.errors
    );
    let after = free();
    assert!(
        after + 64 > before,
        "{before} MiB were free, and {after} are"
    );
    answers(scene, colleague, "while a home is full");
    let ran = host.shell(&format!(
        "docker exec vsc-{colleague} sh -c 'head -c 50M /dev/zero > more && rm more'"
    ));
    assert!(ran.success, "{colleague} cannot write: {}", ran.errors);
    inside("rm ~/full; rm -f /tmp/full /var/tmp/full");
    let hogs: [Hog; 2] = [
        (
            "memory hog",
            "exec tail -f -n 1000000000 /dev/zero",
            is_killed,
        ),
        (
            "fork bomb",
            "bomb() { bomb | bomb & }; bomb; sleep 20",
            is_out_of_processes,
        ),
    ];
    for (what, line, is_limited) in hogs {
        let hog = std::thread::scope(|scope| {
            let hog = scope.spawn(|| inside(line));
            std::thread::sleep(Duration::from_secs(2));
            let until = Instant::now() + Duration::from_secs(10);
            while Instant::now() < until {
                answers(scene, colleague, &format!("during a {what}"));
                std::thread::sleep(Duration::from_millis(500));
            }
            hog.join().expect("it ends")
        });
        println!("        the {what} ended after {}", seconds(hog.took));
        let errors = hog.errors.lines().next().unwrap_or_default();
        assert!(
            is_limited(&hog),
            "the {what} is not limited: {:?} {errors}",
            hog.code
        );
        host.answer(&format!("systemctl restart vsc-workspace@{user}.service"));
        scene.until_open(user, 60);
    }
}

/// Whether the kernel killed it. Without a limit, `timeout` would exit with 124.
fn is_killed(hog: &Ran) -> bool {
    hog.code == Some(137)
}

/// Whether it failed to create another process.
fn is_out_of_processes(hog: &Ran) -> bool {
    hog.errors.contains("Resource temporarily unavailable")
}

fn answers(scene: &Scene<'_>, user: &str, when: &str) {
    let password = scene.password(user);
    let started = Instant::now();
    assert!(
        scene.opens(user, &password),
        "{user}'s page does not respond {when}"
    );
    promise(
        &format!("{user}'s page responds {when} after"),
        started.elapsed(),
        Duration::from_secs(30),
    );
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::{Command, ExitStatus};

    use super::*;

    fn ran(status: ExitStatus, errors: &str) -> Ran {
        Ran {
            success: status.success(),
            code: status.code(),
            text: String::new(),
            errors: errors.to_owned(),
            took: Duration::ZERO,
        }
    }

    /// The result of a command under `timeout`, on this machine.
    fn timeout(line: &str) -> Ran {
        let mut command = Command::new("timeout");
        let output = command.args(["0.5", "bash", "-c", line]).output();
        let output = output.expect("timeout runs");
        ran(output.status, &String::from_utf8_lossy(&output.stderr))
    }

    #[test]
    fn a_killed_hog_was_limited() {
        // `docker exec` returns the exit code of the command, and shells that of a signal.
        assert!(is_killed(&ran(ExitStatus::from_raw(137 << 8), "")));
        assert!(!is_killed(&timeout("sleep 60")), "time limited it");
        assert!(!is_killed(&timeout("true")), "nothing limited it");
        assert!(
            !is_killed(&timeout("exec missing-program")),
            "it never started"
        );
    }

    #[test]
    fn a_bomb_without_processes_was_limited() {
        let words = "bash: fork: retry: Resource temporarily unavailable";
        assert!(is_out_of_processes(&ran(ExitStatus::from_raw(0), words)));
        assert!(!is_out_of_processes(&timeout("sleep 60")));
        assert!(!is_out_of_processes(&timeout("exec missing-program")));
    }
}
