//! What `preview` boots: the files of the host as they are on a machine without AWS.

use std::collections::BTreeMap;
use std::path::Path;

use vsc_core::team_ide::{self, HOST_FILES};
use vsc_core::template::{Known, Template, write_ascii_json};
use vsc_spec::team::{Declaration, Pin, RepoUrl, TeamIde, TlsDeclaration, WORKSPACE_PORT};
use vsc_spec::{Diagnostic, Json, Object};

use super::write_file;
use crate::cli::failure::Failure;
use crate::cli::{DeclaredStack, Entry};

/// Writes the preview of an entry's team, and returns the name of its file.
///
/// # Errors
///
/// When the file cannot be written.
pub(super) fn write(entry: &Entry, folder: &Path) -> Result<Option<String>, Failure> {
    let stack = DeclaredStack::of(entry, |declaration| Some(without_aws(declaration)));
    // The stack itself is valid; if its preview is not, there is none.
    let Some(stack) = stack.ok().and_then(|stack| stack.synthesize().ok()) else {
        return Ok(None);
    };
    let Some(ide) = &stack.ide else {
        return Ok(None);
    };
    let Ok(mut files) = files(&stack.template) else {
        return Ok(None);
    };
    files.extend(team_ide::routers(ide));
    let name = format!("{}.preview.json", stack.name);
    let text = write_ascii_json(&described(ide, files));
    write_file(folder, &name, &text)?;
    Ok(Some(name))
}

/// The declaration without what needs AWS: no certificates are issued for the names of this machine,
/// and no volumes are attached to it.
fn without_aws(declaration: &Declaration) -> Declaration {
    let tls = match &declaration.tls {
        Some(TlsDeclaration::None) => Some(TlsDeclaration::None),
        _ => None,
    };
    Declaration {
        tls,
        // No identity provider knows the names of this machine.
        login: None,
        operators: None,
        // The homes are on this machine, whatever volumes the host would have.
        root_volume: None,
        home_volume: Some("none".into()),
        snapshots: None,
        ..declaration.clone()
    }
}

fn described(ide: &TeamIde, files: BTreeMap<String, String>) -> Json {
    let text = |text: &str| text.to_owned();
    let port = |port: u16| Json::Integer(port.into());
    let users = ide.users().iter().enumerate();
    let workspaces = users.map(|(index, user)| {
        let extensions = user.extensions().iter().map(|it| text(it.as_str()));
        Json::Object(
            Object::new()
                .with("user", text(user.name().as_str()))
                .with("port", port(ide.workspace_port(index)))
                .with_some("repo", user.repo().map(RepoUrl::as_str).map(text))
                .with_some("dotfiles", user.dotfiles().map(RepoUrl::as_str).map(text))
                .with("extensions", Json::array(extensions)),
        )
    });
    let files = files.into_iter().map(|(path, content)| {
        Json::Object(Object::new().with("path", path).with("content", content))
    });
    Json::Object(
        Object::new()
            .with("image", text(ide.image().as_str()))
            .with("proxyImage", text(ide.proxy_image().as_str()))
            .with("loginImage", Pin::LOGIN.image())
            .with("https", ide.is_https())
            .with_some("domain", ide.domain().map(|domain| text(domain.as_str())))
            .with("port", port(ide.port()))
            .with("dashboardPort", port(ide.dashboard_port()))
            .with("workspacePort", port(WORKSPACE_PORT))
            .with("dotfilesScript", team_ide::DOTFILES)
            .with("workspaces", Json::array(workspaces))
            .with("files", Json::array(files)),
    )
}

/// The files of the host's metadata. Values that only a deployed stack has are placeholders, which a
/// preview does not use.
fn files(template: &Template) -> Result<BTreeMap<String, String>, Diagnostic> {
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
    let mut files: BTreeMap<String, String> = HOST_FILES
        .iter()
        .map(|file| (file.path.to_owned(), file.content.to_owned()))
        .collect();
    for (_, resource) in &template.resources {
        let init = resource.metadata.get("AWS::CloudFormation::Init");
        let config = init.and_then(|init| init.get("setup-and-config"));
        let declared = config.and_then(|config| config.get("files"));
        let declared = declared.and_then(Json::as_object);
        for (path, file) in declared.into_iter().flat_map(Object::iter) {
            let Some(content) = file.get("content") else {
                continue;
            };
            if let Json::String(content) = known.resolve(content)? {
                files.insert(path.to_owned(), content.into_owned());
            }
        }
    }
    Ok(files)
}
