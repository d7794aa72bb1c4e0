//! What `preview` boots.

use std::path::Path;

use serde::Deserialize;

use super::read;
use crate::Failure;

/// The host's files and its workspaces, adapted to a machine without AWS.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Preview {
    pub(crate) image: String,
    pub(crate) proxy_image: String,
    /// The image of Apache, which checks logins.
    pub(crate) login_image: String,
    pub(crate) https: bool,
    pub(crate) domain: Option<String>,
    /// The first port of the workspaces in the proxy.
    pub(crate) port: u16,
    pub(crate) dashboard_port: u16,
    /// The port on which a workspace listens on the host.
    pub(crate) workspace_port: u16,
    /// The script that installs dotfiles, by its path on the host.
    pub(crate) dotfiles_script: String,
    pub(crate) workspaces: Vec<PreviewedWorkspace>,
    files: Vec<File>,
}

/// The workspace of a user.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct PreviewedWorkspace {
    pub(crate) user: String,
    /// Its port in the proxy.
    pub(crate) port: u16,
    pub(crate) repo: Option<String>,
    pub(crate) dotfiles: Option<String>,
    pub(crate) extensions: Vec<String>,
}

/// A file on the host.
#[derive(Clone, Debug, Deserialize)]
struct File {
    path: String,
    content: String,
}

impl Preview {
    /// The preview in the text of its file.
    ///
    /// # Errors
    ///
    /// When it is not one.
    pub(crate) fn read(text: &str) -> Result<Self, Failure> {
        read::parse(Path::new("preview.json"), text)
    }

    /// The content of a file; empty if it does not exist.
    pub(crate) fn file(&self, path: &str) -> &str {
        let file = self.files.iter().find(|file| file.path == path);
        file.map_or("", |file| &file.content)
    }

    /// The files below a folder, sorted: their names there, and their contents.
    pub(crate) fn files_below(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter();
        let mut files: Vec<_> = files
            .filter_map(|file| Some((file.path.strip_prefix(folder)?, file.content.as_str())))
            .collect();
        files.sort_unstable();
        files.into_iter()
    }
}
