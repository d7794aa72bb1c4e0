//! The text of `SOURCES.md`: what `sources.json` says, for people.

use super::provenance::Provenance;
use super::source::{CFN_LINT, MOTO, Source, TZDATA};

/// The name of the file.
pub(super) const FILE: &str = "SOURCES.md";

const CHOSEN: &str = include_str!("sources.md");

/// The text of the page.
pub(super) fn text(provenance: &Provenance) -> Result<String, String> {
    let mut page = HEAD.to_owned();
    for (source, what) in [
        (
            &CFN_LINT,
            "the files `cfnlint/data/schemas` and `cfnlint/data/AdditionalSpecs`; which rule reads which of them, and what `Fn::GetAtt` returns, from the program itself, imported",
        ),
        (
            &MOTO,
            "the file `moto/ec2/resources/instance_types.json.gz`",
        ),
        (
            &TZDATA,
            "the files `tzdata/zones` and `tzdata/zoneinfo/tzdata.zi`; the database itself is in the public domain",
        ),
    ] {
        page += &row(provenance, source, what)?;
    }
    page += &files(provenance)?;
    page += CHOSEN;
    let dropped = provenance.dropped();
    let dropped = dropped.iter().flat_map(|pattern| ["- `", pattern, "`\n"]);
    page.extend(dropped);
    Ok(page)
}

const HEAD: &str = "# Where the data comes from

<!-- `cargo xtask spec` writes this page: its numbers from `sources.json`, its text from `xtask/src/spec`. -->

Names, types and limits are facts; the description texts of the sources are not here. `cargo xtask spec` generates this folder
from the versions that `sources.json` pins, and `cargo xtask spec --check` reports whether it is up to date.

| Python package | version | date of the data | licence | what is read |
| --- | --- | --- | --- | --- |
";

fn row(provenance: &Provenance, source: &Source, what: &str) -> Result<String, String> {
    let Source {
        name, licence, url, ..
    } = source;
    let (version, date) = (provenance.version(source)?, provenance.date(source)?);
    Ok(format!(
        "| [{name}]({url}) | {version} | {date} | {licence} | {what} |\n"
    ))
}

fn files(provenance: &Provenance) -> Result<String, String> {
    let count = |name: &str| provenance.count(name).map(grouped);
    Ok(format!(
        "
| file | contents | source |
| --- | --- | --- |
| `resources.bin` | {types} CloudFormation resource types of all regions, from AWS's resource provider schemas: {properties} properties, {patterns} patterns, {enums} enums, {formats} formats, {attributes} attributes | cfn-lint |
| | {constraints} constraints, the requirements of AWS beyond the schemas: from {rules} rules of cfn-lint, and for tags | cfn-lint |
| `actions.bin` | {actions} actions of {services} services, as IAM names them | cfn-lint |
| `runtimes.txt` | {runtimes} runtimes of Lambda, and when AWS deprecates and blocks each | cfn-lint |
| `instances.txt` | {instances} EC2 instance types: vCPUs, memory, architectures, generation | moto |
| | in which of {regions} regions each is | cfn-lint |
| `timezones.txt` | {zones} time zones, without `Factory`, which stands for a system without a configured time zone | tzdata |
",
        types = count("resource types")?,
        properties = count("properties")?,
        patterns = count("patterns")?,
        enums = count("enums")?,
        formats = count("formats")?,
        attributes = count("attributes")?,
        constraints = count("constraints")?,
        rules = count("rules with constraints")?,
        actions = count("IAM actions")?,
        services = count("IAM services")?,
        runtimes = count("Lambda runtimes")?,
        instances = count("instance types")?,
        regions = count("regions")?,
        zones = count("time zones")?,
    ))
}

/// With a comma between thousands.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::data;
    use crate::workspace;

    #[test]
    fn the_page_is_that_of_the_provenance() {
        let provenance = Provenance::read(&workspace()).expect("it is there");
        let page = std::fs::read_to_string(data::folder(&workspace()).join(FILE));
        assert!(
            text(&provenance) == Ok(page.expect("it is there")),
            "SOURCES.md is old: run `cargo xtask spec`"
        );
    }

    #[test]
    fn thousands_are_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_898, "1,898"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
