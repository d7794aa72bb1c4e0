//! Facts that the rules of services rest on: the ends of Lambda's runtimes, and the actions of IAM.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::Value;

use super::schemas::{self, read};

/// The text of `runtimes.txt`, from the unpacked cfn-lint package:
/// `vsc-spec/src/resource/service/lambda.rs` documents the layout.
pub(super) fn runtimes(cfn_lint: &Path) -> Result<String, String> {
    let runtimes = read(&cfn_lint.join("cfnlint/data/AdditionalSpecs/LmbdRuntimeLifecycle.json"))?;
    let time = schemas::date(cfn_lint)?;
    let day = time.get(..10).ok_or("the data has no date")?;
    let mut text = format!("{day}\n");
    for (name, facts) in runtimes.as_object().into_iter().flatten() {
        let fact = |key: &str| facts[key].as_str().unwrap_or("-");
        let (deprecated, blocked) = (fact("deprecated"), fact("create-block"));
        writeln!(text, "{name} {deprecated} {blocked} {}", fact("successor"))
            .map_err(|error| error.to_string())?;
    }
    Ok(text)
}

/// The bytes of `actions.bin`: a line for each service, with its prefix and its actions.
pub(super) fn actions(cfn_lint: &Path) -> Result<Vec<u8>, String> {
    let services = read(&cfn_lint.join("cfnlint/data/AdditionalSpecs/Policies.json"))?;
    let mut text = String::new();
    for (prefix, service) in services.as_object().into_iter().flatten() {
        let mut actions: Vec<&str> = names(&service["Actions"]).collect();
        actions.sort_unstable();
        writeln!(text, "{prefix} {}", actions.join(" ")).map_err(|error| error.to_string())?;
    }
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(text.as_bytes())
        .and_then(|()| encoder.finish())
        .map_err(|error| error.to_string())
}

fn names(members: &Value) -> impl Iterator<Item = &str> {
    members
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
}
