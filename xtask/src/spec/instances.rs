//! Packs the EC2 instance types: `vsc-spec/src/team/instance.rs` documents the layout.

use std::fmt::Write as _;
use std::fs::File;
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;

use super::schemas::read;

/// The text of `instances.txt`, from the unpacked moto and cfn-lint packages.
pub(super) fn pack(moto: &Path, cfn_lint: &Path) -> Result<String, String> {
    let path = moto.join("moto/ec2/resources/instance_types.json.gz");
    let file = File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let types: Value = serde_json::from_reader(GzDecoder::new(file))
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let regions = read(
        &cfn_lint.join("cfnlint/data/schemas/extensions/aws_ec2_instance/instancetype_enum.json"),
    )?;
    let mut regions: Vec<(&String, Vec<&str>)> = regions
        .as_object()
        .into_iter()
        .flatten()
        // Beside the regions stand a description and the union of all.
        .filter(|(name, _)| name.contains('-'))
        .map(|(name, list)| {
            let types = list["enum"].as_array().into_iter().flatten();
            (name, types.filter_map(Value::as_str).collect())
        })
        .collect();
    regions.sort();
    if regions.len() > 64 {
        return Err(format!("{} regions do not fit 64 bits", regions.len()));
    }

    let names: Vec<&str> = regions.iter().map(|(name, _)| name.as_str()).collect();
    let mut text = names.join(" ") + "\n";
    let mut lines = Vec::new();
    for (name, facts) in types.as_object().into_iter().flatten() {
        lines
            .push(line(name, facts, &regions).ok_or_else(|| format!("{name}: facts are missing"))?);
    }
    lines.sort_by(|a, b| a.split(' ').next().cmp(&b.split(' ').next()));
    for line in lines {
        writeln!(text, "{line}").map_err(|error| error.to_string())?;
    }
    Ok(text)
}

fn line(name: &str, facts: &Value, regions: &[(&String, Vec<&str>)]) -> Option<String> {
    let vcpus = facts["VCpuInfo"]["DefaultVCpus"].as_u64()?;
    let memory = facts["MemoryInfo"]["SizeInMiB"].as_u64()?;
    let architectures = facts["ProcessorInfo"]["SupportedArchitectures"].as_array()?;
    let supports = |wanted: &str| architectures.iter().any(|known| known == wanted);
    let architecture = if supports("x86_64") {
        "x86_64"
    } else if supports("arm64") {
        "arm64"
    } else {
        "other"
    };
    let generation = if facts["CurrentGeneration"].as_bool()? {
        "current"
    } else {
        "previous"
    };
    let bits = regions
        .iter()
        .enumerate()
        .filter(|(_, (_, types))| types.contains(&name))
        .fold(0_u64, |bits, (index, _)| bits | 1 << index);
    Some(format!(
        "{name} {vcpus} {memory} {architecture} {generation} {bits:x}"
    ))
}
