//! The images: the stand-in for an EC2 host, and those that its Docker pulls.

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::process::Command;

use vsc::Json;
use vsc::team::Pin;
use vsc_tests::python::Environment;

use crate::engine::Engine;
use crate::{files, team, work_folder};

/// The images that the template of the product names, and the scripts that build them.
pub(crate) const PULLED: [(Pin, &str); 2] = [(Pin::PROXY, "proxy"), (Pin::WORKSPACE, "workspace")];

/// Builds missing images, and returns the name of the host's image.
pub(crate) fn build(engine: &Engine) -> String {
    for (pin, script) in PULLED {
        built(engine, &local(pin), script, &[script]);
    }
    built(engine, "vsc-boot/debian:12", "debian", &["debian"]);
    built(engine, &local(Pin::LOGIN), "login", &["login"]);
    let host = format!(
        "vsc-boot/host:{:016x}",
        hash(&["host", "cfn", "cloud"], "host")
    );
    built(engine, &host, "host", &["host", "cfn", "cloud"]);
    host
}

/// A template with our images by tag only: images built here have other digests than the published ones.
pub(crate) fn without_digests(template: &Json) -> Json {
    PULLED.iter().fold(template.clone(), |template, (pin, _)| {
        team::replaced(&template, (pin.image(), pin.tagged()))
    })
}

/// The name of an image in the registry that emulates Docker Hub, where official images have a
/// namespace.
pub(crate) fn published(pin: Pin) -> String {
    match pin.tagged() {
        name if name.contains('/') => name.to_owned(),
        name => format!("library/{name}"),
    }
}

/// The private repository, which has the image of the workspaces.
pub(crate) const PRIVATE: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/ide:1.0";

/// The local name of an image of a registry.
pub(crate) fn local(pin: Pin) -> String {
    let name = pin.tagged();
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

/// A hash of the sources of an image.
fn hash(folders: &[&str], script: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    let script = files().join("images").join(format!("{script}.sh"));
    fs::read(script)
        .expect("the script exists")
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
        // Not the path of the workspace, so that several copies of it share the images.
        path.strip_prefix(files()).unwrap_or(&path).hash(hasher);
        if path.is_dir() {
            hash_folder(&path, hasher);
        } else {
            fs::read(&path).expect("the file exists").hash(hasher);
        }
    }
}
