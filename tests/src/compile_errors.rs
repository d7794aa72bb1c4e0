//! Generates `docs/compile-errors.md` from the cases in `ui/`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::workspace;

/// When a peer reports the error of a case: AWS CDK in TypeScript, troposphere, and YAML without a
/// linter.
struct Peers {
    /// Prefixes of the names of cases.
    cases: &'static [&'static str],
    when: [&'static str; 3],
}

const NEVER: &str = "never";
const EDIT: &str = "edit";
const SYNTH: &str = "synthesis";
const DEPLOY: &str = "deploy";
const BOOT: &str = "boot";
const NONE: &str = "–";
/// A warning at synthesis.
const WARNS: &str = "synthesis, warns";

/// The first row with a matching prefix applies.
const PEERS: &[Peers] = &[
    Peers {
        cases: &["resource/moved_from"],
        when: [NONE, NONE, NONE],
    },
    Peers {
        cases: &[
            "resource/property_misspelt",
            "resource/property_nested_misspelt",
            "resource/property_missing",
            "resource/property_nested_missing",
            "resource/property_read_only",
            "resource/property_twice",
            "resource/type_",
            "resource/string_for",
            "resource/list_for",
            "resource/option_of",
            "resource/attribute_",
        ],
        when: [EDIT, SYNTH, DEPLOY],
    },
    Peers {
        cases: &[
            "resource/expression_",
            "resource/stack_",
            "resource/null_",
            "resource/brace_",
            "resource/option_",
            "resource/unknown_",
            "resource/resource_attribute",
            "resource/several",
            "resource/property_without",
        ],
        when: [EDIT, SYNTH, DEPLOY],
    },
    Peers {
        cases: &[
            "resource/enum_",
            "resource/number_",
            "resource/pattern_",
            "resource/lists_",
            "resource/cidr_",
            "resource/identifier_",
            "resource/kms_",
            "resource/properties_exclude",
            "resource/property_needs",
            "resource/one_of",
            "resource/function_",
        ],
        when: [WARNS, DEPLOY, DEPLOY],
    },
    Peers {
        cases: &["resource/vpc_", "resource/arn_", "resource/parameter_of"],
        when: [WARNS, DEPLOY, DEPLOY],
    },
    Peers {
        cases: &["resource/"],
        when: [SYNTH, SYNTH, DEPLOY],
    },
    Peers {
        cases: &[
            "team_ide/instance_too_small",
            "team_ide/const_instance_too_small",
            "team_ide/cpus_more",
            "team_ide/memory_too_small",
            "team_ide/variant_memory",
            "team_ide/timezone_misspelt",
            "team_ide/timezone_abbreviated",
            "team_ide/const_timezone",
        ],
        when: [NEVER, NEVER, NEVER],
    },
    Peers {
        cases: &[
            "team_ide/instance_misspelt",
            "team_ide/const_instance_misspelt",
            "team_ide/instance_",
            "team_ide/image_of_another",
            "team_ide/images_of_two",
            "team_ide/region_",
            "team_ide/root_volume_too",
            "team_ide/home_volume_too",
            "team_ide/allow_",
            "team_ide/const_range",
            "team_ide/hosted_zone_",
            "team_ide/subnet_malformed",
            "team_ide/vpc_",
            "team_ide/tls_name",
            "team_ide/tag",
            "team_ide/const_tag",
            "team_ide/users_too_many",
            "team_ide/key_pair_blank",
        ],
        when: [WARNS, DEPLOY, DEPLOY],
    },
    Peers {
        cases: &["team_ide/credits_of"],
        when: [SYNTH, DEPLOY, DEPLOY],
    },
    Peers {
        cases: &["team_ide/credits_"],
        when: [EDIT, DEPLOY, DEPLOY],
    },
    Peers {
        cases: &["team_ide/stack_name", "team_ide/description"],
        when: [SYNTH, SYNTH, DEPLOY],
    },
    Peers {
        cases: &[
            "team_ide/image_",
            "team_ide/port",
            "team_ide/const_port",
            "team_ide/tls_one",
            "team_ide/const_tls",
            "team_ide/extension_",
            "team_ide/repo_",
            "team_ide/dotfiles_",
            "team_ide/domain_",
            "team_ide/const_domain",
            "team_ide/user",
            "team_ide/const_user",
            "team_ide/variants_of",
        ],
        when: [BOOT, BOOT, BOOT],
    },
    Peers {
        cases: &["team_ide/key_pair_open"],
        when: [NEVER, NEVER, NEVER],
    },
    Peers {
        cases: &[""],
        when: [NONE, NONE, NONE],
    },
];

/// The whole page.
///
/// # Panics
///
/// When the cases cannot be read.
pub fn page() -> String {
    let mut page = String::from(
        "# Compile errors\n\n\
         Generated from the cases in [`tests/ui`](../tests/ui) by `UPDATE_DOCS=1 cargo test -p vsc-tests --test docs`:\n\
         the code, and the error of `cargo check` and the editor. The last columns show when a peer reports\n\
         the same error: while editing, at synthesis, at deployment, when the host boots, or never; a dash\n\
         means that it has no equivalent. The peers are AWS CDK in TypeScript, troposphere, and YAML; cfn-lint\n\
         finds many errors of YAML before deployment.\n",
    );
    for (title, folder) in [
        ("In a declaration", "team_ide"),
        ("In a resource", "resource"),
    ] {
        _ = write!(
            page,
            "\n## {title}\n\n| code | vsc reports | CDK | troposphere | YAML |\n| --- | --- | --- | --- | --- |\n"
        );
        for case in cases(folder) {
            let [cdk, troposphere, yaml] = peers(&case.name);
            _ = writeln!(
                page,
                "| {} | {} | {cdk} | {troposphere} | {yaml} |",
                case.written, case.reported
            );
        }
    }
    page
}

struct Case {
    name: String,
    written: String,
    reported: String,
}

fn cases(folder: &str) -> Vec<Case> {
    let path = workspace().join("tests/ui").join(folder);
    let mut files: Vec<_> = fs::read_dir(&path)
        .expect("the cases are there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "stderr")
        })
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|path| of_file(folder, path))
        .collect()
}

/// The first errors of a case, which may have several.
fn of_file(folder: &str, path: &Path) -> Vec<Case> {
    const SHOWN: usize = 3;
    let stem = path.file_stem().expect("it has a name").to_string_lossy();
    let text = fs::read_to_string(path).expect("it can be read");
    let errors = text
        .split("\nerror")
        .map(|error| error.trim_start_matches("error"));
    let errors = errors.filter(|error| error.contains(" --> "));
    errors
        .take(SHOWN)
        .map(|error| Case {
            name: format!("{folder}/{stem}"),
            written: cell(&format!("`{}`", written(error))),
            reported: cell(&reported(error)),
        })
        .collect()
}

/// The underlined part of the first underlined line.
fn written(error: &str) -> String {
    let lines: Vec<&str> = error.lines().collect();
    let marked = lines.windows(2).find_map(|pair| {
        let (_, code) = pair[0].split_once("| ")?;
        let (_, marks) = pair[1].split_once("| ")?;
        let start = marks.find('^')?;
        let length = marks[start..]
            .chars()
            .take_while(|mark| *mark == '^')
            .count();
        let key = code.trim_start_matches('|').trim().trim_end_matches(',');
        let part: String = code.chars().skip(start).take(length).collect();
        Some(if key.chars().count() <= 60 {
            key.to_owned()
        } else {
            part
        })
    });
    marked.unwrap_or_else(|| "…".to_owned())
}

/// The message without its help, on one line.
fn reported(error: &str) -> String {
    let (message, _) = error.split_once(" --> ").unwrap_or((error, ""));
    let message = message
        .split_once(": ")
        .map_or(message, |(_, message)| message);
    let message = message.trim_start_matches("evaluation panicked: ");
    let lines: Vec<&str> = message
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let mut reported = String::new();
    for (at, line) in lines.iter().enumerate() {
        let line = line.replace("= help: ", "*help:* ");
        let separator = if at == 0 { "" } else { "; " };
        _ = write!(reported, "{separator}{line}");
    }
    reported
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

fn peers(name: &str) -> [&'static str; 3] {
    let fits = |peers: &&Peers| peers.cases.iter().any(|case| name.starts_with(case));
    PEERS
        .iter()
        .find(fits)
        .map_or([NONE; 3], |peers| peers.when)
}
