//! `cargo xtask spec`: makes the data of `vsc-spec` of the packages that publish it.

mod attributes;
mod constraints;
mod convert;
mod data;
mod difference;
mod dump;
mod facts;
mod floor;
mod instances;
mod page;
mod provenance;
mod python;
mod resource_options;
mod schemas;
mod serverless;
mod services;
mod source;
mod timezones;

use std::fs;
use std::path::Path;

use data::{Data, FILES};
use difference::Difference;
use dump::Dump;
use provenance::{Pinned, Provenance};
use python::{Installer, Package};
use source::{CFN_LINT, MOTO, Source, TZDATA};

/// What the command is called with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    /// Takes the newest versions of the sources instead of those that are pinned.
    pub(crate) latest: bool,
    /// Compares with the tree, and writes nothing.
    pub(crate) check: bool,
}

impl Options {
    /// Reads the arguments behind `spec`.
    pub(crate) fn parse(arguments: &[&str]) -> Option<Self> {
        let mut options = Self::default();
        for argument in arguments {
            match *argument {
                "--latest" => options.latest = true,
                "--check" => options.check = true,
                _ => return None,
            }
        }
        Some(options)
    }
}

/// Runs the command.
///
/// # Errors
///
/// When a package cannot be installed or read, when the sources give fewer facts than the floors, and with
/// `--check` when the tree is not what the sources give.
pub(crate) fn run(root: &Path, options: Options) -> Result<(), String> {
    let folder = root.join("target/spec");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let installer = Installer::new(folder)?;
    let pinned = Provenance::read(root)?;
    let install = |source: &Source| -> Result<Package, String> {
        let pinned = || pinned.version(source);
        let version = (!options.latest).then(pinned).transpose()?;
        installer.install(source, version)
    };
    let made = make(&install(&CFN_LINT)?, &install(&MOTO)?, &install(&TZDATA)?)?;
    floor::check(&made.data.counts())?;
    let provenance = made.provenance.text();
    let page = page::text(&made.provenance)?;

    let tree = Data::of_tree(root, pinned.rules());
    let mut differences = difference::of(&tree, &made.data);
    for (file, made) in [(provenance::FILE, &provenance), (page::FILE, &page)] {
        let text = fs::read_to_string(data::folder(root).join(file)).unwrap_or_default();
        differences.extend(difference::of_text(file, &text, made));
    }
    if options.check {
        return report(&differences, &made.provenance, options);
    }
    for difference in &differences {
        print!("{}\n{}", difference.file, difference.shown());
    }
    let texts = [(provenance::FILE, provenance), (page::FILE, page)];
    let texts = texts.map(|(file, text)| (file, text.into_bytes()));
    for (file, content) in FILES.into_iter().zip(made.data.files).chain(texts) {
        let path = data::folder(root).join(file);
        fs::write(&path, content).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    println!("files changed: {}", differences.len());
    Ok(())
}

/// The data, and where it is from.
struct Made {
    data: Data,
    provenance: Provenance,
}

fn make(cfn_lint: &Package, moto: &Package, tzdata: &Package) -> Result<Made, String> {
    let site = &cfn_lint.python.site;
    let dump = Dump::of(&cfn_lint.python)?;
    let packed = schemas::pack(site, &dump)?;
    let data = Data {
        types: packed.types,
        rules: packed.rules,
        files: [
            packed.bytes,
            services::actions(site)?,
            services::runtimes(site)?.into_bytes(),
            instances::pack(&moto.python.site, site)?.into_bytes(),
            timezones::pack(&tzdata.python.site)?.into_bytes(),
        ],
    };
    let dropped: Vec<String> = packed.dropped.into_iter().collect();
    let of = |source, package: &Package| Pinned {
        source,
        version: package.version.clone(),
        date: package.date.clone(),
    };
    let lint = Pinned {
        // That of the schemas, which the wheel may be younger than.
        date: schemas::date(site)?,
        ..of(&CFN_LINT, cfn_lint)
    };
    let pinned = [lint, of(&MOTO, moto), of(&TZDATA, tzdata)];
    Ok(Made {
        provenance: Provenance::new(&pinned, &data, &dropped),
        data,
    })
}

/// The result of `--check`.
fn report(
    differences: &[Difference],
    provenance: &Provenance,
    options: Options,
) -> Result<(), String> {
    if differences.is_empty() {
        let packages = provenance.packages().join(", ");
        println!("{} files are what {packages} give", FILES.len() + 2);
        return Ok(());
    }
    let files = differences.iter().map(|difference| {
        format!(
            "vsc-spec/data/{}\n{}\n",
            difference.file,
            difference.shown()
        )
    });
    let flag = if options.latest { " --latest" } else { "" };
    Err(format!(
        "the data is not what {} give\n\n{}\
         note: `-` is in the tree alone, `+` in the sources alone\n\
         help: run `cargo xtask spec{flag}`, and commit what it writes",
        provenance.packages().join(", "),
        files.collect::<String>()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_flags_in_any_order() {
        let of = |latest, check| Some(Options { latest, check });
        assert_eq!(Options::parse(&[]), of(false, false));
        assert_eq!(Options::parse(&["--latest"]), of(true, false));
        assert_eq!(Options::parse(&["--check", "--latest"]), of(true, true));
        assert_eq!(Options::parse(&["--chek"]), None);
        assert_eq!(Options::parse(&["1.58.0"]), None);
    }

    #[test]
    fn a_difference_is_an_error_that_names_the_file() {
        let provenance = r#"{"sources": [{"name": "tzdata", "version": "2026.6"}]}"#;
        let provenance = Provenance::parse(provenance).expect("it is JSON");
        let pinned = Options::default();
        assert_eq!(report(&[], &provenance, pinned), Ok(()));
        let difference = Difference {
            file: "timezones.txt",
            lines: vec!["- Europe/Rom".to_owned(), "+ Europe/Rome".to_owned()],
        };
        let message = "the data is not what tzdata 2026.6 give\n\n\
                       vsc-spec/data/timezones.txt\n\
                       - Europe/Rom\n\
                       + Europe/Rome\n\n\
                       note: `-` is in the tree alone, `+` in the sources alone\n\
                       help: run `cargo xtask spec`, and commit what it writes";
        let differences = [difference];
        assert_eq!(
            report(&differences, &provenance, pinned),
            Err(message.to_owned())
        );
        let latest = Options {
            latest: true,
            check: true,
        };
        assert_eq!(
            report(&differences, &provenance, latest),
            Err(message.replace("spec`", "spec --latest`"))
        );
    }
}
