//! `watch`, as a user runs it while they write.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use vsc_tests::system::signal;
use vsc_tests::tool::{alone, cargo_outside, program, vsc};
use vsc_tests::{work_folder, workspace};

/// A running watch and its output.
struct Watch {
    process: Child,
    log: std::path::PathBuf,
}

impl Watch {
    fn start(krate: &Path, log: &Path) -> Self {
        let file = File::create(log).expect("the log can be written");
        let built = cargo_outside(krate).args(["build", "--quiet"]).status();
        assert!(built.expect("cargo runs").success());
        // The program itself, since a signal to cargo would not reach it.
        let process = alone(&mut Command::new(program("watched")))
            .arg("watch")
            .current_dir(krate)
            .envs(
                cargo_outside(krate)
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .env("CARGO_MANIFEST_DIR", krate)
            .stdin(Stdio::null())
            .stdout(file.try_clone().expect("the log can be shared"))
            .stderr(file)
            .spawn()
            .expect("it runs");
        Self {
            process,
            log: log.to_owned(),
        }
    }

    fn output(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits until it prints this after an offset; returns the offset after it.
    fn wait_for(&mut self, before: usize, text: &str) -> usize {
        let deadline = Instant::now() + Duration::from_secs(900);
        loop {
            let output = self.output();
            if let Some(offset) = output.get(before..).and_then(|new| new.find(text)) {
                return before + offset + text.len();
            }
            let ended = self.process.try_wait().expect("it can be asked").is_some();
            assert!(
                !ended && Instant::now() < deadline,
                "{text:?} is not output:\n{output}"
            );
            sleep(Duration::from_millis(50));
        }
    }

    /// Ends it as Ctrl-C does.
    fn end(mut self) {
        let id = self.process.id().to_string();
        assert!(signal("INT", &id));
        let status = self.process.wait().expect("it ends");
        assert!(status.success(), "{status}\n{}", self.output());
    }
}

#[test]
fn each_save_is_checked_and_compared() {
    let folder = work_folder().join("watch");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder is made");
    let folder = std::path::absolute(folder).expect("the working folder is known");
    let status = vsc()
        .current_dir(&folder)
        .args(["new", "watched", "--quiet", "--vcs", "none"])
        .status();
    assert!(status.expect("vsc runs").success());
    let krate = folder.join("watched");
    fs::copy(workspace().join("Cargo.lock"), krate.join("Cargo.lock")).expect("it is copied");
    let main = krate.join("src/main.rs");
    let source = fs::read_to_string(&main).expect("there is a declaration");

    let mut watch = Watch::start(&krate, &folder.join("log"));
    let offset = watch.wait_for(0, "Ctrl-C ends it");
    let save = |users: &str| {
        let text = source.replace("users = 3", &format!("users = {users}"));
        // Atomically: half of a file would be a change of its own.
        let draft = main.with_extension("tmp");
        fs::write(&draft, text).expect("it can be written");
        fs::rename(&draft, &main).expect("it can be saved");
    };
    save("4");
    let offset = watch.wait_for(offset, "main.rs was saved");
    let offset = watch.wait_for(offset, "+ AWS::Route53::RecordSet Dev4Record");
    let offset = watch.wait_for(offset, "checked and compared");
    // Compile errors are reported, and the watch continues.
    save("400");
    let offset = watch.wait_for(offset, "error: too many users for one stack: 400");
    let offset = watch.wait_for(offset, "stopped at the first failure");
    save("3");
    let offset = watch.wait_for(offset, "watched-ide: no differences");
    watch.wait_for(offset, "checked and compared");
    watch.end();
}
