//! Packs all resource schemas into the catalog of `vsc-spec`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use serde_json::Value;
use vsc_spec::resource::ResourceType;
use vsc_spec::resource::pack;

use super::constraints::Constraints;
use super::convert::Converter;
use super::dump::Dump;
use super::{attributes, resource_options, serverless};

/// The packed catalog, and what went into it.
pub(super) struct Packed {
    pub(super) bytes: Vec<u8>,
    /// The resource types, and the attributes that are packed like them.
    pub(super) types: Vec<ResourceType>,
    /// The rules of cfn-lint whose documents are constraints.
    pub(super) rules: Vec<String>,
    /// Patterns that are left out.
    pub(super) dropped: BTreeSet<String>,
}

/// Reads the schemas from the unpacked cfn-lint package and packs them.
pub(super) fn pack(cfn_lint: &Path, dump: &Dump) -> Result<Packed, String> {
    let schemas = cfn_lint.join("cfnlint/data/schemas");
    let constraints = Constraints::read(cfn_lint, dump)?;
    let mut converter = Converter::default();
    let mut types = Vec::new();
    for (name, file) in files_by_type(&schemas)? {
        let mut schema = read(&schemas.join("resources").join(format!("{file}.json")))?;
        serverless::mend(&mut schema);
        let (with_documents, constraints) = constraints.of(&name, &schema);
        converter.start(&with_documents);
        let converted = convert(&mut converter, &constraints, &name, &schema, dump);
        types.push(converted.map_err(|error| format!("{name}: {error}"))?);
    }
    types.extend(resource_options::all(&mut converter, &schemas)?);
    types.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Packed {
        bytes: catalog(&types)?,
        types,
        rules: constraints.rules,
        dropped: converter.dropped,
    })
}

/// The moment at which the schemas were assembled.
pub(super) fn date(cfn_lint: &Path) -> Result<String, String> {
    let path = cfn_lint.join("cfnlint/data/schemas/version.json");
    let date = read(&path)?["schema_date"].as_str().map(str::to_owned);
    date.ok_or_else(|| format!("{}: no `schema_date`", path.display()))
}

/// The union over all regions; a type that several have is taken from the first that has it,
/// us-east-1 before all others.
fn files_by_type(schemas: &Path) -> Result<BTreeMap<String, String>, String> {
    let folder = schemas.join("providers");
    let mut regions: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    regions.sort_by_key(|path| (!path.ends_with("us-east-1.json"), path.clone()));
    let mut files = BTreeMap::new();
    for region in regions {
        let types = read(&region)?;
        for (name, file) in types.as_object().into_iter().flatten() {
            let file = file.as_str().ok_or("a provider names no file")?;
            files.entry(name.clone()).or_insert_with(|| file.to_owned());
        }
    }
    Ok(files)
}

fn convert(
    converter: &mut Converter,
    constraints: &[Value],
    name: &str,
    schema: &Value,
    dump: &Dump,
) -> Result<ResourceType, String> {
    let properties = converter.schema(schema)?;
    let constraints = constraints
        .iter()
        .map(|constraint| converter.schema(constraint))
        .collect::<Result<_, _>>()?;
    let definitions = converter.definitions()?;
    let paths = |key: &str| -> Vec<String> {
        let paths = schema[key]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        paths
            .map(|path| path.trim_start_matches("/properties/").to_owned())
            .collect()
    };
    Ok(ResourceType {
        name: name.to_owned(),
        properties,
        constraints,
        definitions,
        reference: attributes::reference(name, schema),
        attributes: attributes::all(dump, name, schema),
        read_only: paths("readOnlyProperties"),
        create_only: paths("createOnlyProperties"),
        conditional_create_only: paths("conditionalCreateOnlyProperties"),
        write_only: paths("writeOnlyProperties"),
        deprecated: paths("deprecatedProperties"),
        identifier: identifier(name, &paths),
        shut_down: (schema["lifecycle"]["status"] == "shutdown").then(|| {
            schema["lifecycle"]["date"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        }),
    })
}

/// The properties that identify a resource: none where AWS sets one of them, or where one is
/// within another. The names of projects of CodeBuild identify them, whatever their schema says.
fn identifier(type_name: &str, paths: &dyn Fn(&str) -> Vec<String>) -> Vec<String> {
    if type_name == "AWS::CodeBuild::Project" {
        return vec!["Name".to_owned()];
    }
    let (names, read_only) = (paths("primaryIdentifier"), paths("readOnlyProperties"));
    let is_open = names
        .iter()
        .any(|name| name.contains('/') || read_only.contains(name));
    if is_open { Vec::new() } else { names }
}

/// The bytes of the catalog; `vsc-spec/src/resource/catalog.rs` documents the layout.
pub(super) fn catalog(types: &[ResourceType]) -> Result<Vec<u8>, String> {
    let mut names = Vec::new();
    let mut blocks = Vec::new();
    let mut index = Vec::new();
    for resource in types {
        names.extend_from_slice(resource.name.as_bytes());
        let mut encoder = DeflateEncoder::new(&mut blocks, Compression::best());
        encoder
            .write_all(&pack::resource_type(resource))
            .map_err(|error| error.to_string())?;
        encoder.finish().map_err(|error| error.to_string())?;
        index.push((names.len(), blocks.len()));
    }
    let number = |number: usize| u32::try_from(number).map_err(|error| error.to_string());
    let mut bytes = number(types.len())?.to_le_bytes().to_vec();
    for (name, block) in index {
        bytes.extend_from_slice(&number(name)?.to_le_bytes());
        bytes.extend_from_slice(&number(block)?.to_le_bytes());
    }
    bytes.extend(names);
    bytes.extend(blocks);
    Ok(bytes)
}

pub(super) fn read(path: &Path) -> Result<Value, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}
