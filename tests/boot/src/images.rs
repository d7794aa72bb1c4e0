//! The images: the stand-in for an EC2 host, and what its Docker pulls.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::process::Command;

use vsc_tests::python::Environment;

use crate::engine::Engine;
use crate::{files, work_folder};

/// The images that the template of the product names, as (name in a registry, script).
pub(crate) const PULLED: [(&str, &str); 2] = [
    ("library/traefik:v3.5.3", "proxy"),
    ("codercom/code-server:4.105.1", "workspace"),
];

/// Builds what is missing, and gives the name of the host's image.
pub(crate) fn build(engine: &Engine) -> String {
    for (name, script) in PULLED {
        built(engine, &local(name), script, &[script]);
    }
    built(engine, "vsc-boot/debian:12", "debian", &["debian"]);
    let host = format!(
        "vsc-boot/host:{:016x}",
        hash(&["host", "cfn", "cloud"], "host")
    );
    built(engine, &host, "host", &["host", "cfn", "cloud"]);
    host
}

/// The local name of an image of a registry.
pub(crate) fn local(name: &str) -> String {
    format!("vsc-boot/{}", name.rsplit('/').next().unwrap_or(name))
}

fn built(engine: &Engine, image: &str, script: &str, folders: &[&str]) {
    let mark = work_folder().join(format!("image-{script}"));
    let wanted = format!("{image} {:016x}", hash(folders, script));
    let known = fs::read_to_string(&mark).is_ok_and(|known| known == wanted);
    let there = engine.docker().args(["image", "inspect", image]).output();
    if known && there.is_ok_and(|output| output.status.success()) {
        return;
    }
    println!("building {image}");
    let log = work_folder().join(format!("image-{script}.log"));
    let file = File::create(&log).expect("the log can be written");
    let mut command = Command::new("nice");
    command
        .arg("bash")
        .arg(files().join("images").join(format!("{script}.sh")))
        .arg(image)
        .arg(files())
        .arg(work_folder().join(format!("image-{script}.work")))
        .env("PYTHON", Environment::new("moto").path("python"))
        .stdout(file.try_clone().expect("the log can be shared"))
        .stderr(file);
    engine.point(&mut command);
    let status = command.status().expect("bash starts");
    assert!(
        status.success(),
        "{image} is not built: see {}",
        log.display()
    );
    fs::write(mark, wanted).expect("the image can be marked");
}

/// What an image is made from, as a number.
fn hash(folders: &[&str], script: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let script = files().join("images").join(format!("{script}.sh"));
    fs::read(script)
        .expect("the script is there")
        .hash(&mut hasher);
    for folder in folders {
        hash_folder(&files().join(folder), &mut hasher);
    }
    hasher.finish()
}

fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        path.hash(hasher);
        if path.is_dir() {
            hash_folder(&path, hasher);
        } else {
            fs::read(&path).expect("the file is there").hash(hasher);
        }
    }
}
