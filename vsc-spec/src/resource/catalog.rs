//! The catalog of all resource types, packed type by type.
//!
//! Layout of `data/resources.bin`, all numbers little-endian 32 bit: the count, then for each type
//! sorted by name the end of its name and the end of its block, then all names, then all
//! blocks. A block is one type, packed and deflated, so that a look-up unpacks only that one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::shape::ResourceType;
use super::unpack;
use crate::diagnostic::Diagnostic;
use crate::suggest;

static PACKED: &[u8] = include_bytes!("../../data/resources.bin");

/// The specification of a resource type, if there is a type of that name. Any name after `Custom::` is a
/// custom resource.
pub fn find(name: &str) -> Option<ResourceType> {
    let catalog = Catalog::new(PACKED)?;
    if name
        .strip_prefix("Custom::")
        .is_some_and(|rest| !rest.is_empty())
    {
        let custom = catalog.find("AWS::CloudFormation::CustomResource")?;
        return Some(ResourceType {
            name: name.to_owned(),
            ..custom
        });
    }
    catalog.find(name)
}

/// The same, cached: a template has many resources of few types.
pub fn shared(name: &str) -> Option<Arc<ResourceType>> {
    static FOUND: OnceLock<Mutex<HashMap<String, Arc<ResourceType>>>> = OnceLock::new();
    let found = FOUND.get_or_init(Mutex::default);
    // A panic leaves the entries valid.
    let lock = || found.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(resource) = lock().get(name) {
        return Some(Arc::clone(resource));
    }
    let resource = Arc::new(find(name)?);
    lock().insert(name.to_owned(), Arc::clone(&resource));
    Some(resource)
}

/// The specification of a registered type or a module, by the form of its name: any property and any
/// attribute is allowed.
///
/// CloudFormation API Reference, "`RegisterType`": three parts of letters and digits, of which the
/// first is the organization. AWS reserves some names of organizations.
pub fn registered(name: &str) -> Option<ResourceType> {
    const RESERVED: [&str; 6] = ["Alexa", "AMZN", "Amazon", "AWS", "Custom", "Dev"];
    let parts: Vec<&str> = name.split("::").collect();
    let ([organization, ..], is_module) = (match parts.as_slice() {
        [parts @ .., "MODULE"] => (parts, true),
        parts => (parts, false),
    }) else {
        return None;
    };
    let is_named = parts.len() == 3 + usize::from(is_module)
        && parts.iter().all(|part| {
            (2..=64).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    let is_reserved = RESERVED
        .iter()
        .any(|reserved| reserved.eq_ignore_ascii_case(organization));
    (is_named && (is_module || !is_reserved)).then(|| ResourceType {
        name: name.to_owned(),
        ..ResourceType::default()
    })
}

/// The type of AWS with which a registered one is easily confused: the same service and resource, in an
/// organization one letter off `AWS`.
pub fn mistaken(name: &str) -> Option<&'static str> {
    let (organization, rest) = name.split_once("::")?;
    suggest::nearest(organization, ["AWS"])?;
    names().find(|known| known.strip_prefix("AWS::") == Some(rest))
}

/// The name of a type that was most likely meant.
pub fn nearest(name: &str) -> Option<&'static str> {
    static INDEX: OnceLock<suggest::Index> = OnceLock::new();
    INDEX
        .get_or_init(|| suggest::Index::new(names()))
        .nearest(name)
}

/// The error about an unknown resource type.
pub fn unknown(name: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(format!("there is no resource type `{name}`"));
    if let Some(nearest) = nearest(name) {
        return diagnostic.help(format!("did you mean `{nearest}`?"));
    }
    let service = name.rsplit_once("::").map_or(name, |(service, _)| service);
    let siblings = beginning_with(&format!("{service}::"));
    if siblings.is_empty() {
        diagnostic.note("types are named `AWS::Service::Resource`")
    } else {
        diagnostic.note(format!("`{service}` has {}", suggest::list(siblings)))
    }
}

/// The names of all resource types in alphabetical order.
pub fn names() -> impl Iterator<Item = &'static str> {
    Catalog::new(PACKED)
        .into_iter()
        .flat_map(|catalog| (0..catalog.count).filter_map(move |index| catalog.name(index)))
        .filter(|name| !name.starts_with('#'))
}

/// The names that begin with a prefix, which are consecutive.
fn beginning_with(prefix: &str) -> Vec<&'static str> {
    let Some(catalog) = Catalog::new(PACKED) else {
        return Vec::new();
    };
    (catalog.first_from(prefix)..catalog.count)
        .map_while(|index| catalog.name(index))
        .take_while(|name| name.starts_with(prefix))
        .collect()
}

#[derive(Clone, Copy)]
struct Catalog {
    bytes: &'static [u8],
    count: usize,
    names: usize,
}

impl Catalog {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let count = number(bytes, 0)?;
        Some(Self {
            bytes,
            count,
            names: 4 + count * 8,
        })
    }

    /// The start and the end of a type's name (`column` 0) or block (`column` 4).
    fn range(&self, index: usize, column: usize) -> Option<(usize, usize)> {
        if index >= self.count {
            return None;
        }
        let start = match index.checked_sub(1) {
            Some(before) => number(self.bytes, 4 + before * 8 + column)?,
            None => 0,
        };
        Some((start, number(self.bytes, 4 + index * 8 + column)?))
    }

    fn name(&self, index: usize) -> Option<&'static str> {
        let (start, end) = self.range(index, 0)?;
        let name = self.bytes.get(self.names + start..self.names + end)?;
        std::str::from_utf8(name).ok()
    }

    fn find(&self, name: &str) -> Option<ResourceType> {
        let index = self.first_from(name);
        (self.name(index)? == name).then(|| self.unpack(index))?
    }

    /// The index of the first name that does not sort before this one.
    fn first_from(&self, name: &str) -> usize {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.name(middle).is_some_and(|known| known < name) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn unpack(&self, index: usize) -> Option<ResourceType> {
        let (_, names_end) = self.range(self.count.checked_sub(1)?, 0)?;
        let (start, end) = self.range(index, 4)?;
        let blocks = self.names + names_end;
        let block = self.bytes.get(blocks + start..blocks + end)?;
        let unpacked = miniz_oxide::inflate::decompress_to_vec(block).ok()?;
        unpack::resource_type(self.name(index)?, &unpacked).ok()
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(bytes)).ok()
}
