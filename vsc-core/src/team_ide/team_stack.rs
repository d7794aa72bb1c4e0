//! The stack of a team, for functions that extend it.

use std::ops::Deref;

use vsc_spec::cloudformation::IntrinsicFunction;
use vsc_spec::team::TeamIde;
use vsc_spec::{Diagnostic, Json, Object, Text};

use super::boot;
use super::handles::{
    HomeVolume, Host, HostAddress, HostRole, HostSecurityGroup, Password, Record,
};
use super::statement::{self, Statement};
use crate::stack::Stack;
use crate::template::{Always, IntoValue, Value};

/// The team and its resources, for the function of `extend`.
///
/// ```
/// use vsc_core::team_ide::{Statement, TeamStack};
/// use vsc_core::{Stack, resource};
///
/// fn add_backups(stack: &mut Stack, ide: &mut TeamStack<'_>) {
///     let backups = resource!(stack, Backups: AWS::S3::Bucket {
///         VersioningConfiguration: { Status: "Enabled" },
///     });
///     ide.allow_host(Statement::allow(["s3:ListBucket"], [backups.arn()]).sid("Backups"));
///     stack.output("BackupsOf", ide.host());
/// }
/// ```
#[derive(Debug)]
pub struct TeamStack<'a> {
    ide: &'a TeamIde,
    parts: Parts,
    additions: Additions,
}

/// The resources of the pattern.
#[derive(Debug)]
pub(super) struct Parts {
    pub(super) security_group: HostSecurityGroup,
    pub(super) role: HostRole,
    pub(super) host: Host,
    pub(super) address: HostAddress,
    pub(super) home_volume: Option<HomeVolume>,
    /// In the order of the users; empty without a domain.
    pub(super) records: Vec<Record>,
    /// In the order of the users; empty if they share one.
    pub(super) passwords: Vec<Password>,
    pub(super) shared_password: Option<Password>,
}

/// The additions of an extension to the host.
#[derive(Debug, Default)]
struct Additions {
    statements: Vec<Statement>,
    files: Object,
    commands: Object,
    problems: Vec<Diagnostic>,
}

impl Deref for TeamStack<'_> {
    type Target = TeamIde;

    fn deref(&self) -> &TeamIde {
        self.ide
    }
}

impl<'a> TeamStack<'a> {
    pub(super) fn new(ide: &'a TeamIde, parts: Parts) -> Self {
        Self {
            ide,
            parts,
            additions: Additions::default(),
        }
    }

    /// The EC2 instance.
    pub fn host(&self) -> &Host {
        &self.parts.host
    }

    /// The security group of the host.
    pub fn security_group(&self) -> &HostSecurityGroup {
        &self.parts.security_group
    }

    /// The role of the host.
    pub fn role(&self) -> &HostRole {
        &self.parts.role
    }

    /// The Elastic IP of the host.
    pub fn address(&self) -> &HostAddress {
        &self.parts.address
    }

    /// The home volume, if there is one.
    pub fn home_volume(&self) -> Option<&HomeVolume> {
        self.parts.home_volume.as_ref()
    }

    /// The record set of a developer; `None` for an unknown name or without a domain.
    pub fn record(&self, user: &str) -> Option<&Record> {
        self.parts.records.get(self.index_of(user)?)
    }

    /// The password of a developer, also a shared one; `None` for an unknown name.
    pub fn password(&self, user: &str) -> Option<&Password> {
        let index = self.index_of(user)?;
        let shared = self.parts.shared_password.as_ref();
        self.parts.passwords.get(index).or(shared)
    }

    fn index_of(&self, user: &str) -> Option<usize> {
        let mut users = self.ide.users().iter();
        users.position(|known| known.name().as_str() == user)
    }

    /// Adds a statement to the host's role.
    pub fn allow_host(&mut self, statement: Statement) {
        self.additions.statements.push(statement);
    }

    /// Writes a file to the host before the workspaces start. The mode is octal, as in `000644`.
    ///
    /// A relative path, an invalid mode, and a path of the pattern's own files are reported when the stack
    /// is finished.
    pub fn boot_file(
        &mut self,
        path: impl Into<Text>,
        mode: &str,
        content: impl IntoValue<String, Presence = Always>,
    ) {
        let path: Text = path.into();
        let octal = mode.len() == 6 && mode.bytes().all(|digit| matches!(digit, b'0'..=b'7'));
        if !is_path(&path) {
            self.additions.problems.push(
                Diagnostic::new(format!("invalid path {path:?} of a boot file"))
                    .note("a path is absolute and ends with a file name")
                    .help("for example \"/opt/team/motd\""),
            );
        }
        if !octal {
            self.additions.problems.push(
                Diagnostic::new(format!("invalid file mode {mode:?}"))
                    .note("a mode has six octal digits")
                    .help("for example \"000644\""),
            );
        }
        if self.additions.files.contains(&path) {
            let diagnostic = Diagnostic::new(format!("the boot file {path:?} is added twice"));
            self.additions.problems.push(diagnostic);
        }
        let content: Value<String> = content.into_value();
        let file = Json::object([
            ("content", content.into_json()),
            ("mode", Json::from(mode.to_owned())),
            ("owner", Json::from("root")),
            ("group", Json::from("root")),
        ]);
        // A rejected file is not reported twice.
        if octal && is_path(&path) {
            self.additions.files.insert(path, file);
        }
    }

    /// Runs a command on the host before the workspaces start, in the order of their names. If one fails,
    /// the stack is not created.
    pub fn boot_command(
        &mut self,
        name: impl Into<Text>,
        command: impl IntoValue<String, Presence = Always>,
    ) {
        let name: Text = name.into();
        if name.trim().is_empty() || name.contains(char::is_control) {
            let diagnostic = Diagnostic::new(format!("invalid name {name:?} of a boot command"))
                .help("for example \"10-note\"");
            self.additions.problems.push(diagnostic);
        }
        if self.additions.commands.contains(&name) {
            let diagnostic = Diagnostic::new(format!("the boot command {name:?} is added twice"));
            self.additions.problems.push(diagnostic);
        }
        let command: Value<String> = command.into_value();
        let command = Json::object([("command", command.into_json())]);
        self.additions.commands.insert(name, command);
    }

    /// Adds everything to the role and the metadata of the host.
    pub(super) fn finish(self, stack: &mut Stack) {
        let Additions {
            statements,
            files,
            commands,
            problems,
        } = self.additions;
        let of_statements = statement::errors(&statements);
        for problem in problems.into_iter().chain(of_statements) {
            stack.reject(problem);
        }
        if !statements.is_empty() {
            let statements = statements.into_iter().map(Statement::into_json).collect();
            let policy = Json::object([
                ("PolicyName", Json::from("extension")),
                (
                    "PolicyDocument",
                    Json::object([
                        ("Version", Json::from("2012-10-17")),
                        ("Statement", Json::Array(statements)),
                    ]),
                ),
            ]);
            if let Some(role) = stack.resource_mut(&self.parts.role)
                && let Some(Json::Array(policies)) = role.properties.get_mut("Policies")
            {
                policies.push(policy);
            }
        }
        if !files.is_empty() || !commands.is_empty() {
            add_to_boot(stack, &self.parts.host, files, commands);
        }
    }
}

/// Adds a config between the pattern's last two: additions run when everything else is in place, and
/// before the workspaces start.
fn add_to_boot(stack: &mut Stack, host: &Host, files: Object, commands: Object) {
    let Some(host) = stack.resource_mut(host) else {
        return;
    };
    let Some(Json::Object(init)) = host.metadata.get_mut("AWS::CloudFormation::Init") else {
        return;
    };
    let taken = files.names().filter(|path| {
        let own = init.get("setup-and-config");
        let own = own.and_then(|config| config.get("files"));
        own.and_then(|files| files.get(path)).is_some()
            || boot::HOST_FILES.iter().any(|file| file.path == *path)
    });
    let taken = taken.map(|path| {
        Diagnostic::new(format!(
            "the file {path:?} of the host belongs to the pattern"
        ))
        .help("use another path")
    });
    let taken: Vec<_> = taken.collect();
    let files = (!files.is_empty()).then_some(files);
    let commands = (!commands.is_empty()).then_some(commands);
    let extension = Object::new()
        .with_some("files", files)
        .with_some("commands", commands);
    let version = format!(" {}", boot::fingerprint(&extension));
    init.insert("extension", extension);
    for set in boot::CONFIG_SETS {
        if let Some(Json::Array(steps)) = boot::member(init, &["configSets", set]) {
            steps.insert(steps.len().saturating_sub(1), Json::from("extension"));
        }
    }
    let noted = ["setup-and-config", "files", boot::VERSION_FILE, "content"];
    append(boot::member(init, &noted), &version);
    append(host.metadata.get_mut("Version"), &version);
    for diagnostic in taken {
        stack.reject(diagnostic);
    }
}

/// Appends to a string, also to that of `Fn::Sub`.
fn append(text: Option<&mut Json>, more: &str) {
    let text = match text {
        Some(Json::Object(call)) => call.get_mut(IntrinsicFunction::Sub.name()),
        text => text,
    };
    if let Some(Json::String(text)) = text {
        text.to_mut().push_str(more);
    }
}

/// Whether it is a normalized absolute path of a file.
fn is_path(path: &str) -> bool {
    let Some(names) = path.strip_prefix('/') else {
        return false;
    };
    let is_name = |name: &str| !matches!(name, "" | "." | "..");
    names.split('/').all(is_name) && !path.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::super::extended;
    use super::*;
    use crate::template::Mapping;

    #[test]
    fn the_host_applies_changes_of_an_extension() {
        let version = |content: &'static str| {
            let ide = TeamIde::builder().domain("code.x.com").user("alice");
            let ide = ide.hosted_zone("Z0123456789ABCDEFGHIJ").home_volume("none");
            let ide = ide.tls_acme("ops@x.com").build().expect("it is right");
            let stack = extended(&ide, |_, ide| ide.boot_file("/etc/motd", "000644", content));
            let template = stack.finish().expect("it is right").to_yaml_string();
            let line = template
                .lines()
                .find(|line| line.starts_with("      Version:"));
            line.expect("the host has a version").to_owned()
        };
        assert_eq!(version("hello"), version("hello"));
        assert_ne!(version("hello"), version("goodbye"));
        assert!(!version("hello").contains("!Sub"));
    }

    #[test]
    fn invalid_additions_are_reported() {
        let ide = TeamIde::builder().domain("code.x.com").user("alice");
        let ide = ide.build().expect("it is right");
        let stack = extended(&ide, |stack, ide| {
            for path in ["motd", "/etc/", "/etc//motd", "/etc/../motd", "/etc/\n"] {
                ide.boot_file(path, "000644", "");
            }
            ide.boot_file("/etc/motd", "644", "");
            ide.boot_file("/etc/vsc/users", "000400", "");
            ide.boot_command(" ", "true");
            ide.allow_host(Statement::allow(["s3"], ["*"]));
            let mapping = || Mapping::new().with("a", [("b", "c")]);
            stack.mapping("Twice", mapping());
            stack.mapping("Twice", mapping());
        });
        let rejected = stack.finish().expect_err("it is wrong");
        let reported: Vec<&str> = rejected
            .diagnostics
            .iter()
            .map(|diagnostic| diagnostic.message.as_str())
            .collect();
        assert_eq!(
            reported,
            [
                "`Twice` is used twice among the mappings",
                "invalid path \"motd\" of a boot file",
                "invalid path \"/etc/\" of a boot file",
                "invalid path \"/etc//motd\" of a boot file",
                "invalid path \"/etc/../motd\" of a boot file",
                "invalid path \"/etc/\\n\" of a boot file",
                "invalid file mode \"644\"",
                "invalid name \" \" of a boot command",
                "\"s3\" is not a valid IAM action",
                "the file \"/etc/vsc/users\" of the host belongs to the pattern",
            ]
        );
    }
}
