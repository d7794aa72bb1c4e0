//! The containers of a preview: the host's files and units, adapted to Docker on this machine.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use vsc_spec::team::ImageReference;

use super::apache::{self, Guarded, Server};
use super::{Options, certificate, login, unit};
use crate::Failure;
use crate::assembly::{Preview, PreviewedWorkspace};
use crate::operation::local::Reachable;
use crate::text::shown;

/// The port on which the proxy answers health checks of workspaces.
pub(super) const HEALTH_PORT: u16 = 8_082;

/// The address at which the proxy asks Apache about the dashboard: `team_ide/proxy.rs`.
const DASHBOARD_ADDRESS: &str = "127.128.0.1";

/// A workspace of a preview.
pub(super) struct Workspace {
    pub(super) user: String,
    /// The name by which the proxy reaches it.
    pub(super) host: String,
    pub(super) image: String,
    pub(super) container: String,
    pub(super) network: String,
    /// The arguments of `docker`.
    pub(super) arguments: Vec<String>,
    pub(super) repo: Option<String>,
    /// The script that installs dotfiles, and the repository of these.
    pub(super) dotfiles: Option<(String, String)>,
    pub(super) extensions: Vec<String>,
    /// The address on the host.
    address: String,
    url: String,
    /// The port on this machine and in the proxy.
    port: (u16, u16),
}

/// A login of a preview.
pub(super) struct Login {
    user: String,
    password: String,
}

/// The containers to start.
pub(super) struct Plan<'a> {
    name: String,
    label: String,
    preview: &'a Preview,
    workspaces: Vec<Workspace>,
    images: [String; 3],
    domain: Option<String>,
    https: bool,
    dashboard_port: (u16, u16),
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        stack: &str,
        preview: &'a Preview,
        options: &Options,
    ) -> Result<Self, Failure> {
        let mut images = [
            preview.image.clone(),
            preview.proxy_image.clone(),
            preview.login_image.clone(),
        ];
        for (image, named) in images.iter_mut().zip(&options.images) {
            // An image that was built here needs no tag.
            if let Err(diagnostic) = ImageReference::new(format!("{named}:local"))
                && ImageReference::new(named.clone()).is_err()
            {
                return Err(Failure::of_argument(diagnostic));
            }
            image.clone_from(named);
        }
        let mut plan = Self {
            name: format!("vsc-preview-{stack}"),
            label: format!("vsc.preview={stack}"),
            preview,
            workspaces: Vec::new(),
            images,
            domain: preview.domain.clone(),
            https: preview.https,
            dashboard_port: (
                options.dashboard_port.unwrap_or(preview.dashboard_port),
                preview.dashboard_port,
            ),
        };
        let workspaces = preview.workspaces.iter();
        plan.workspaces = workspaces
            .map(|workspace| plan.workspace(workspace, options.port))
            .collect();
        Ok(plan)
    }

    fn workspace(&self, workspace: &PreviewedWorkspace, port: u16) -> Workspace {
        let name = workspace.user.as_str();
        let offset = workspace.port.saturating_sub(self.preview.port);
        let port = port.saturating_add(offset);
        let scheme = if self.https { "https" } else { "http" };
        let host = format!("{name}.localhost");
        let url = match self.domain {
            Some(_) => format!("{scheme}://{host}:{port}/"),
            None => format!("{scheme}://localhost:{port}/"),
        };
        let container = format!("{}-{name}", self.name);
        let network = container.clone();
        let unit = self
            .preview
            .file("/etc/systemd/system/vsc-workspace@.service");
        let own = self
            .preview
            .file(&format!("/etc/vsc/workspaces/{name}.env"));
        let mut environment = self.environment();
        environment.extend(unit::environment(own));
        let arguments = unit::arguments(unit, name, &environment);
        let arguments = replaced(
            arguments,
            &[
                ("--name", vec!["--name".to_owned(), container.clone()]),
                ("--network", vec!["--network".to_owned(), network.clone()]),
                // The proxy reaches it by its name in its network.
                ("--publish", Vec::new()),
                // A home in memory: private, and gone with the preview.
                ("--volume", home_in_memory()),
                // The engine here may allow less than a host.
                ("--ulimit", Vec::new()),
                // There is one user here, and the image knows it.
                ("--user", vec!["--user".to_owned(), USER.to_owned()]),
                ("--mount", Vec::new()),
            ],
        );
        Workspace {
            user: name.to_owned(),
            host,
            image: self.images[0].clone(),
            container,
            network,
            arguments,
            repo: workspace.repo.clone(),
            dotfiles: workspace.dotfiles.clone().map(|url| {
                let script = self.preview.file(&self.preview.dotfiles_script);
                (script.to_owned(), url)
            }),
            extensions: workspace.extensions.clone(),
            address: environment.remove("ADDRESS").unwrap_or_default(),
            url,
            port: (port, workspace.port),
        }
    }

    /// The environment of the host's units, with the images of the preview.
    fn environment(&self) -> HashMap<String, String> {
        let mut environment: HashMap<_, _> =
            unit::environment(self.preview.file("/etc/vsc/host.env")).collect();
        environment.insert("WORKSPACE_IMAGE".to_owned(), self.images[0].clone());
        environment.insert("PROXY_IMAGE".to_owned(), self.images[1].clone());
        // Its mounts are those of the host.
        environment.remove("PROXY_OPTIONS");
        environment
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn label(&self) -> &str {
        &self.label
    }

    pub(super) fn images(&self) -> &[String] {
        &self.images
    }

    pub(super) fn workspaces(&self) -> &[Workspace] {
        &self.workspaces
    }

    /// The ports on this machine.
    pub(super) fn ports(&self) -> Vec<u16> {
        self.published().map(|(here, _)| here).collect()
    }

    /// The ports on this machine and in the proxy.
    fn published(&self) -> impl Iterator<Item = (u16, u16)> {
        let mut ports: Vec<_> = self
            .workspaces
            .iter()
            .map(|workspace| workspace.port)
            .collect();
        ports.push(self.dashboard_port);
        ports.sort_unstable();
        ports.dedup();
        ports.into_iter()
    }

    /// The name of the proxy's container. No user can have it.
    pub(super) fn proxy_name(&self) -> String {
        format!("{}_proxy", self.name)
    }

    /// The arguments of `docker` for the proxy.
    pub(super) fn proxy(&self, folder: &Path) -> Vec<String> {
        let unit = self.preview.file("/etc/systemd/system/vsc-proxy.service");
        let arguments = unit::arguments(unit, "", &self.environment());
        let mut network = Vec::new();
        if let Some(first) = self.workspaces.first() {
            network.extend(["--network".to_owned(), first.network.clone()]);
        }
        for (here, there) in self.published() {
            network.extend(["--publish".to_owned(), format!("127.0.0.1:{here}:{there}")]);
        }
        network.extend(["--publish".to_owned(), format!("127.0.0.1::{HEALTH_PORT}")]);
        let volume = format!("{}:/etc/traefik:ro", folder.display());
        replaced(
            arguments,
            &[
                ("--name", vec!["--name".to_owned(), self.proxy_name()]),
                ("--network", network),
                ("--volume", vec!["--volume".to_owned(), volume]),
            ],
        )
    }

    /// Writes the files of the proxy, and returns the logins that they let in.
    pub(super) fn write(&self, folder: &Path) -> Result<Vec<Login>, Failure> {
        let routers = folder.join("routers");
        let tls = folder.join("tls");
        for folder in [&routers, &tls] {
            fs::create_dir_all(folder)
                .map_err(|error| Failure::input(format!("{}: {error}", shown(folder))))?;
        }
        let write = |path: &Path, content: &str| {
            fs::write(path, content)
                .map_err(|error| Failure::input(format!("{}: {error}", shown(path))))
        };
        let traefik = self.preview.file("/etc/vsc/proxy/traefik.yaml");
        // Published only to this machine, which is outside of the container.
        let inside = format!("127.0.0.1:{HEALTH_PORT}");
        let traefik = traefik.replace(&inside, &format!(":{HEALTH_PORT}"));
        write(&folder.join("traefik.yaml"), &traefik)?;
        for (name, content) in self.preview.files_below("/etc/vsc/proxy/routers/") {
            write(&routers.join(name), &self.local(content))?;
        }
        let logins = self.write_login(&folder.join("login"))?;
        if self.https {
            let mut names: Vec<String> = self
                .workspaces
                .iter()
                .map(|workspace| workspace.host.clone())
                .collect();
            names.push("monitor.localhost".to_owned());
            certificate::make(&tls, &names);
        }
        readable(folder).map_err(|error| Failure::input(format!("{}: {error}", shown(folder))))?;
        Ok(logins)
    }

    /// Writes the configuration of Apache, and returns the logins that it lets in.
    fn write_login(&self, folder: &Path) -> Result<Vec<Login>, Failure> {
        let logins: Vec<Login> = self
            .workspaces
            .iter()
            .map(|workspace| Login {
                user: workspace.user.clone(),
                password: login::password(),
            })
            .collect();
        let lines: Vec<String> = logins
            .iter()
            .map(|login| login::hashed(&login.user, &login.password))
            .collect();
        let mut guarded: Vec<Guarded<'_>> = self
            .workspaces
            .iter()
            .map(|workspace| Guarded {
                name: &workspace.user,
                address: &workspace.address,
                port: workspace.port.0,
                allowed: vec![&workspace.user],
            })
            .collect();
        guarded.push(Guarded {
            name: "monitor",
            address: DASHBOARD_ADDRESS,
            port: self.dashboard_port.0,
            allowed: logins.iter().map(|login| login.user.as_str()).collect(),
        });
        let server = Server {
            preview: self.preview,
            team: self.name.trim_start_matches("vsc-preview-"),
            https: self.https,
            has_names: self.domain.is_some(),
            has_previews: self.environment().contains_key("PREVIEWS"),
            secret: login::password,
        };
        fs::create_dir_all(folder.join("pages"))
            .map_err(|error| Failure::input(format!("{}: {error}", shown(folder))))?;
        for (name, content) in server.files(&guarded, &lines) {
            let path = folder.join(name);
            fs::write(&path, content)
                .map_err(|error| Failure::input(format!("{}: {error}", shown(&path))))?;
        }
        Ok(logins)
    }

    /// The arguments of `docker` for Apache, which shares the network of the proxy: its addresses are those of the
    /// host.
    pub(super) fn login(&self, folder: &Path) -> Vec<String> {
        let folder = folder.join("login");
        let mount = |path: &str, there: &str| format!("{}{path}:{there}:ro", folder.display());
        let network = format!("container:{}", self.proxy_name());
        let root = format!("Define ROOT {}", apache::FOLDER);
        let configuration = format!("{}/httpd.conf", apache::FOLDER);
        let volumes = [
            mount("", apache::FOLDER),
            mount("/pages/index.html", "/var/lib/vsc/page/index.html"),
        ];
        let arguments = [
            "run",
            "--rm",
            "--name",
            &format!("{}_login", self.name),
            "--network",
            &network,
            "--read-only",
            "--tmpfs",
            "/tmp",
            "--cap-drop",
            "ALL",
            "--cap-add",
            "SETUID",
            "--cap-add",
            "SETGID",
            "--security-opt",
            "no-new-privileges",
            "--volume",
            &volumes[0],
            "--volume",
            &volumes[1],
            "--entrypoint",
            "/usr/local/apache2/bin/httpd",
            &self.images[2],
            "-D",
            "FOREGROUND",
            "-C",
            &root,
            "-f",
            &configuration,
        ];
        arguments.map(str::to_owned).to_vec()
    }

    /// A router file with the names and addresses of this machine.
    fn local(&self, router: &str) -> String {
        let domain = self.domain.as_deref().unwrap_or("internal");
        let mut router = router.replace(&format!(".{domain}`"), ".localhost`");
        for workspace in &self.workspaces {
            let there = format!(
                "http://{}:{}",
                workspace.address, self.preview.workspace_port
            );
            router = router.replace(&there, &format!("http://{}:8080", workspace.container));
        }
        router
    }

    /// How to reach what runs.
    pub(super) fn reachable(&self, logins: &[Login]) -> Reachable {
        let users = self.workspaces.iter().zip(logins);
        let users = users.map(|(workspace, login)| {
            [
                login.user.clone(),
                login.password.clone(),
                workspace.url.clone(),
            ]
        });
        let scheme = if self.https { "https" } else { "http" };
        let port = self.dashboard_port.0;
        Reachable {
            users: users.collect(),
            dashboard: format!("{scheme}://monitor.localhost:{port}/dashboard/"),
        }
    }
}

/// The arguments, with these options and their values replaced.
fn replaced(arguments: Vec<String>, replacements: &[(&str, Vec<String>)]) -> Vec<String> {
    let mut result = Vec::new();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match replacements.iter().find(|(option, _)| *option == argument) {
            Some((_, replacement)) => {
                // The value goes with its option.
                arguments.next();
                result.extend(replacement.iter().cloned());
            }
            None => result.push(argument),
        }
    }
    result
}

const USER: &str = "1000:1000";

/// A home, and in it the folder of temporary files, which belong to the user as well.
fn home_in_memory() -> Vec<String> {
    let folders = [
        "/home/coder",
        "/home/coder/.cache",
        "/home/coder/.cache/tmp",
    ];
    let mounts = folders.map(|folder| {
        let mount = format!("{folder}:exec,uid=1000,gid=1000,mode=0700");
        ["--tmpfs".to_owned(), mount]
    });
    mounts.into_iter().flatten().collect()
}

/// Makes the files in a folder readable by all: in its container the proxy is not root.
#[cfg(unix)]
fn readable(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            readable(&path)?;
        } else {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644))?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn readable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_replaced_with_their_values() {
        let arguments = ["run", "--name", "a", "--publish", "1:2", "image"].map(str::to_owned);
        let replacements = [
            ("--name", vec!["--name".to_owned(), "b".to_owned()]),
            ("--publish", Vec::new()),
        ];
        assert_eq!(
            replaced(arguments.to_vec(), &replacements),
            ["run", "--name", "b", "image"]
        );
    }
}
