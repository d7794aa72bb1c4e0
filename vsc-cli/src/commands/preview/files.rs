//! The files that the template writes to the host.

use std::collections::HashMap;

use vsc_core::team_ide::HOST_FILES;
use vsc_core::template::{Known, Template};
use vsc_spec::team::TeamIde;
use vsc_spec::{Json, Object};

use crate::Failure;

/// The files by their paths on the host.
pub(super) struct Files(HashMap<String, String>);

impl Files {
    /// The files of the host's metadata. Values that only a deployed stack has are placeholders, which
    /// a preview does not use.
    pub(super) fn of(ide: &TeamIde, template: &Template) -> Result<Self, Failure> {
        let mut known = Known::default();
        for name in [
            "Region",
            "StackName",
            "StackId",
            "AccountId",
            "Partition",
            "URLSuffix",
        ] {
            known = known.with(format!("AWS::{name}"), "preview");
        }
        let names = template.parameters.iter().map(|(name, _)| name);
        let resources = template.resources.iter().map(|(name, _)| name);
        for name in names.chain(resources) {
            known = known.with(name.as_str(), "preview");
        }
        let rejected = |diagnostic| Failure::Rejected(ide.name().to_owned(), vec![diagnostic]);
        let mut files: HashMap<String, String> = HOST_FILES
            .iter()
            .map(|file| (file.path.to_owned(), file.content.to_owned()))
            .collect();
        for (_, resource) in &template.resources {
            let init = resource.metadata.get("AWS::CloudFormation::Init");
            let config = init.and_then(|init| init.get("setup-and-config"));
            let declared = config.and_then(|config| config.get("files"));
            for (path, file) in declared
                .and_then(Json::as_object)
                .into_iter()
                .flat_map(Object::iter)
            {
                let Some(content) = file.get("content") else {
                    continue;
                };
                if let Json::String(content) = known.resolve(content).map_err(rejected)? {
                    files.insert(path.to_owned(), content.into_owned());
                }
            }
        }
        Ok(Self(files))
    }

    /// The content of a file; empty if it does not exist.
    pub(super) fn get(&self, path: &str) -> &str {
        self.0.get(path).map_or("", String::as_str)
    }

    /// The files below a folder: their names there, and their contents.
    pub(super) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut files: Vec<_> = self
            .0
            .iter()
            .filter_map(|(path, content)| Some((path.strip_prefix(folder)?, content.as_str())))
            .collect();
        files.sort_unstable();
        files.into_iter()
    }
}
