//! `cargo xtask spec` refreshes the facts in `vsc-spec/data` from the packages that publish them, and
//! `cargo xtask images` the images that hosts run. `cargo xtask host-files` packs the files that are the
//! same on every host.

mod attributes;
mod constraints;
mod convert;
mod host_files;
mod images;
mod instances;
mod resource_options;
mod schemas;
mod serverless;
mod services;
mod sources;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use vsc_spec::team::Date;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["spec"] => spec(),
        ["images"] => refresh_images(),
        ["host-files"] => pack_host_files(),
        _ => Err("usage: cargo xtask spec|images|host-files".to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn spec() -> Result<(), String> {
    let root = workspace();
    let data = root.join("vsc-spec/data");
    let packages = root.join("target/spec");
    let cfn_lint = sources::fetch(&packages, &sources::CFN_LINT)?;
    let moto = sources::fetch(&packages, &sources::MOTO)?;

    let schemas = schemas::pack(&cfn_lint)?;
    let instances = instances::pack(&moto, &cfn_lint)?;
    let notes = sources::notes(&cfn_lint, &schemas, instances.lines().count())?;
    write(&data.join("resources.bin"), &schemas.bytes)?;
    write(&data.join("instances.txt"), instances.as_bytes())?;
    write(
        &data.join("runtimes.txt"),
        services::runtimes(&cfn_lint)?.as_bytes(),
    )?;
    write(&data.join("actions.bin"), &services::actions(&cfn_lint)?)?;
    write(&data.join("SOURCES.md"), notes.as_bytes())
}

/// Pins the newest images, or changes nothing.
fn refresh_images() -> Result<(), String> {
    let path = workspace().join("vsc-spec/data/images.txt");
    let text =
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let text = images::refresh(&text, images::DOCKER_HUB, &Date::today())
        .map_err(|error| format!("{error}\nnothing is changed"))?;
    print!("{text}");
    write(&path, text.as_bytes())
}

fn pack_host_files() -> Result<(), String> {
    let path = workspace().join("vsc-core/src/team_ide/boot/host.tar.gz.b64");
    let archive = host_files::pack().map_err(|error| error.to_string())?;
    write(&path, archive.as_bytes())
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    println!(
        "{}: {} bytes",
        path.file_name().unwrap_or_default().display(),
        bytes.len()
    );
    Ok(())
}
