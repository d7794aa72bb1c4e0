//! The resolution of parameter values.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use vsc_spec::Diagnostic;
use vsc_spec::suggest;

use super::declared::ParameterDeclaration;

/// The masked value that CloudFormation returns for a `NoEcho` parameter.
const MASKED: &str = "****";

/// The sources of values. The first that has a value wins.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    /// `--parameter NAME=VALUE`.
    pub(crate) arguments: Vec<(String, String)>,
    /// `--parameters-file` and its name.
    pub(crate) file: BTreeMap<String, String>,
    /// The parameters with `UsePreviousValue` in that file.
    pub(crate) file_previous: BTreeSet<String>,
    pub(crate) file_name: String,
    /// The file of saved answers and its name.
    pub(crate) remembered: BTreeMap<String, String>,
    pub(crate) remembered_name: String,
    /// The deployed stack.
    pub(crate) previous: Previous,
}

/// The values of a deployed stack, and the defaults of its template.
#[derive(Clone, Debug, Default)]
pub(crate) struct Previous {
    pub(crate) values: Vec<(String, String)>,
    pub(crate) defaults: HashMap<String, String>,
}

/// The setting of a parameter in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    Value(String),
    /// The previous value, which is masked.
    Previous,
}

/// The origin of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Argument,
    File,
    Remembered,
    Previous,
    Default,
    Answer,
    /// From the account and the declaration.
    Filled,
}

/// The resolved values and their errors.
#[derive(Debug, Default)]
pub(crate) struct Resolution {
    pub(crate) settings: Vec<(String, Setting, Origin)>,
    /// Parameters without a value.
    pub(crate) missing: Vec<ParameterDeclaration>,
    pub(crate) rejected: Vec<Diagnostic>,
}

/// Resolves the value of each parameter.
pub(crate) fn resolve(declared: &[ParameterDeclaration], sources: &Sources) -> Resolution {
    let mut resolution = Resolution {
        rejected: unknown(declared, sources),
        ..Resolution::default()
    };
    for parameter in declared {
        let Some((setting, origin)) = setting(parameter, sources) else {
            resolution.missing.push(parameter.clone());
            continue;
        };
        let given = matches!(origin, Origin::Argument | Origin::File | Origin::Remembered);
        if let (Setting::Value(value), true) = (&setting, given)
            && let Err(mut diagnostic) = parameter.check(value)
        {
            let origin = match origin {
                Origin::Argument => "--parameter",
                Origin::File => sources.file_name.as_str(),
                _ => sources.remembered_name.as_str(),
            };
            diagnostic.message = format!("{origin}: {}: {}", parameter.name, diagnostic.message);
            resolution.rejected.push(diagnostic);
        }
        let name = parameter.name.clone();
        resolution.settings.push((name, setting, origin));
    }
    resolution
}

fn setting(parameter: &ParameterDeclaration, sources: &Sources) -> Option<(Setting, Origin)> {
    let name = &parameter.name;
    let value = |value: &String, origin| Some((Setting::Value(value.clone()), origin));
    // The last of several arguments wins.
    let mut arguments = sources.arguments.iter().rev();
    if let Some((_, argument)) = arguments.find(|(key, _)| key == name) {
        return value(argument, Origin::Argument);
    }
    if let Some(text) = sources.file.get(name) {
        return value(text, Origin::File);
    }
    // Without a previous value, as before the stack is created, the other sources apply (as in `aws
    // cloudformation deploy`).
    let has_value = |(key, _): &(String, String)| key == name;
    if sources.file_previous.contains(name) && sources.previous.values.iter().any(has_value) {
        return Some((Setting::Previous, Origin::File));
    }
    if let Some(text) = sources.remembered.get(name) {
        return value(text, Origin::Remembered);
    }
    let previous = &sources.previous;
    let mut values = previous.values.iter();
    if let Some((_, before)) = values.find(|(key, _)| key == name) {
        // A value equal to the old default follows the new default.
        let was_default = previous.defaults.get(name) == Some(before);
        match &parameter.default {
            Some(default) if was_default => return value(default, Origin::Default),
            _ if before == MASKED => return Some((Setting::Previous, Origin::Previous)),
            // CloudFormation returns the name of a parameter in Parameter Store, emulators return its
            // value.
            Some(_) if parameter.is_name_of_value() && !before.starts_with('/') => {}
            // The constraints may have become stricter.
            _ if parameter.check(before).is_ok() => return value(before, Origin::Previous),
            _ => {}
        }
    }
    let default = parameter.default.as_ref()?;
    value(default, Origin::Default)
}

/// Rejects unknown parameters. Saved answers may be of an earlier template.
fn unknown(declared: &[ParameterDeclaration], sources: &Sources) -> Vec<Diagnostic> {
    let known = || declared.iter().map(|parameter| parameter.name.as_str());
    let arguments = sources
        .arguments
        .iter()
        .map(|(name, _)| ("--parameter", name));
    let file = sources
        .file
        .keys()
        .chain(&sources.file_previous)
        .map(|name| (sources.file_name.as_str(), name));
    arguments
        .chain(file)
        .filter(|(_, name)| !known().any(|known| known == name.as_str()))
        .map(|(origin, name)| {
            Diagnostic::new(format!("{origin}: the template has no parameter `{name}`")).help(
                suggest::did_you_mean(name, known())
                    .unwrap_or_else(|| format!("the parameters are {}", suggest::list(known()))),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(name: &str, default: Option<&str>) -> ParameterDeclaration {
        ParameterDeclaration {
            name: name.to_owned(),
            kind: "String".to_owned(),
            default: default.map(str::to_owned),
            ..ParameterDeclaration::default()
        }
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn the_nearest_source_wins() {
        let declared = [parameter("A", Some("default"))];
        let mut sources = Sources::default();
        let origin = |sources: &Sources| resolve(&declared, sources).settings[0].2;
        assert_eq!(origin(&sources), Origin::Default);
        sources.previous.values.push(pair("A", "before"));
        assert_eq!(origin(&sources), Origin::Previous);
        sources.remembered.extend([pair("A", "remembered")]);
        assert_eq!(origin(&sources), Origin::Remembered);
        sources.file.extend([pair("A", "file")]);
        assert_eq!(origin(&sources), Origin::File);
        sources
            .arguments
            .extend([pair("A", "first"), pair("A", "last")]);
        let resolved = resolve(&declared, &sources);
        assert_eq!(
            resolved.settings,
            [(
                "A".to_owned(),
                Setting::Value("last".to_owned()),
                Origin::Argument
            )]
        );
    }

    #[test]
    fn a_previous_value_is_kept_if_there_is_one() {
        let declared = [parameter("L", Some("default"))];
        let mut sources = Sources::default();
        sources.file_previous.insert("L".to_owned());
        let setting = |sources: &Sources| resolve(&declared, sources).settings[0].1.clone();
        assert_eq!(setting(&sources), Setting::Value("default".to_owned()));
        sources.previous.values.push(pair("L", "before"));
        sources.remembered.extend([pair("L", "remembered")]);
        assert_eq!(setting(&sources), Setting::Previous);
        sources.file_previous.insert("M".to_owned());
        assert_eq!(resolve(&declared, &sources).rejected.len(), 1);
    }

    #[test]
    fn an_old_default_follows_the_new_default() {
        let declared = [parameter("ImageId", Some("/al2023-arm64"))];
        let mut sources = Sources::default();
        sources
            .previous
            .values
            .push(pair("ImageId", "/al2023-x86_64"));
        sources
            .previous
            .defaults
            .extend([pair("ImageId", "/al2023-x86_64")]);
        let resolved = resolve(&declared, &sources);
        assert_eq!(
            resolved.settings[0].1,
            Setting::Value("/al2023-arm64".to_owned())
        );
    }

    #[test]
    fn a_secret_keeps_its_masked_value() {
        let declared = [parameter("AppPassword", None)];
        let mut sources = Sources::default();
        sources.previous.values.push(pair("AppPassword", "****"));
        assert_eq!(
            resolve(&declared, &sources).settings[0].1,
            Setting::Previous
        );
    }

    #[test]
    fn all_missing_and_invalid_values_are_reported_at_once() {
        let mut number = parameter("Count", None);
        number.kind = "Number".to_owned();
        let declared = [
            parameter("VpcId", None),
            parameter("SubnetId", None),
            number,
        ];
        let sources = Sources {
            arguments: vec![pair("VpcID", "x"), pair("Count", "many")],
            ..Sources::default()
        };
        let resolved = resolve(&declared, &sources);
        let missing: Vec<&str> = resolved.missing.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(missing, ["VpcId", "SubnetId"]);
        let rejected: Vec<String> = resolved.rejected.iter().map(ToString::to_string).collect();
        assert_eq!(
            rejected,
            [
                "--parameter: the template has no parameter `VpcID`\n= help: did you mean `VpcId`?",
                "--parameter: Count: \"many\" is not a number",
            ]
        );
    }
}
