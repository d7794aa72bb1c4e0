//! `cargo xtask spec` makes the facts in `vsc-spec/data` of the packages that publish them, or checks that they
//! are still what those give. `cargo xtask images` pins the images that hosts run. `cargo xtask host-files` packs the files that are the
//! same on every host. `cargo xtask unicode` packs the properties of characters.

#[cfg(feature = "host-files")]
mod host_files;
mod images;
mod spec;
mod unicode;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use vsc_spec::team::Date;

const USAGE: &str = "usage: cargo xtask spec [--latest] [--check] | images | host-files | unicode";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["spec", options @ ..] => match spec::Options::parse(options) {
            Some(options) => spec::run(&workspace(), options),
            None => Err(USAGE.to_owned()),
        },
        ["images"] => refresh_images(),
        #[cfg(feature = "host-files")]
        ["host-files"] => pack_host_files(),
        ["unicode"] => pack_unicode(),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
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

#[cfg(feature = "host-files")]
fn pack_host_files() -> Result<(), String> {
    let path = workspace().join("vsc-core/src/team_ide/boot/host.b85");
    let archive = host_files::pack().map_err(|error| error.to_string())?;
    write(&path, archive.as_bytes())?;
    write(
        &path.with_file_name("host.fnv"),
        host_files::sums(&archive).as_bytes(),
    )
}

fn pack_unicode() -> Result<(), String> {
    let path = workspace().join("vsc-spec/data/unicode.bin");
    write(&path, &unicode::pack()?)
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
