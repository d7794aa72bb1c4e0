//! `watch`, as a user runs it while they write.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use vsc_tests::system::signal;
use vsc_tests::tool::{alone, cargo_outside, program, vsc};
use vsc_tests::{work_folder, workspace};

/// A watch that runs, and what it says.
struct Watch {
    process: Child,
    log: std::path::PathBuf,
}

impl Watch {
    fn start(krate: &Path, log: &Path) -> Self {
        let file = File::create(log).expect("the log can be written");
        let built = cargo_outside(krate).args(["build", "--quiet"]).status();
        assert!(built.expect("cargo runs").success());
        // The program itself, as cargo runs it: a signal to cargo would not reach it.
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

    fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Waits until it says this, behind what it has said before.
    fn says(&mut self, before: usize, text: &str) -> usize {
        let deadline = Instant::now() + Duration::from_secs(900);
        loop {
            let said = self.said();
            if let Some(place) = said.get(before..).and_then(|new| new.find(text)) {
                return before + place + text.len();
            }
            let ended = self.process.try_wait().expect("it can be asked").is_some();
            assert!(
                !ended && Instant::now() < deadline,
                "{text:?} is not said:\n{said}"
            );
            sleep(Duration::from_millis(50));
        }
    }

    /// Ends it as Ctrl-C does.
    fn end(mut self) {
        let id = self.process.id().to_string();
        assert!(signal("INT", &id));
        let status = self.process.wait().expect("it ends");
        assert!(status.success(), "{status}\n{}", self.said());
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
    let place = watch.says(0, "Ctrl-C ends it");
    let save = |users: &str| {
        let text = source.replace("users = 3", &format!("users = {users}"));
        // In one step: half of a file would be a change of its own.
        let draft = main.with_extension("tmp");
        fs::write(&draft, text).expect("it can be written");
        fs::rename(&draft, &main).expect("it can be saved");
    };
    save("4");
    let place = watch.says(place, "main.rs is saved");
    let place = watch.says(place, "+ AWS::Route53::RecordSet Dev4Record");
    let place = watch.says(place, "checked and compared");
    // What does not compile is reported, and the watch goes on.
    save("400");
    let place = watch.says(place, "error: too many users for one stack: 400");
    let place = watch.says(place, "stopped at the first failure");
    save("3");
    let place = watch.says(place, "watched-ide: no differences");
    watch.says(place, "checked and compared");
    watch.end();
}
