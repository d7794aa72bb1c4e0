//! Apache of a preview: the host's configuration, with what its official image lacks left out or replaced. That has
//! no driver of SQLite for the sessions, so that they are encrypted in cookies here, and there is no audit log.

use std::fmt::Write as _;

use crate::assembly::Preview;

/// The folder of the configuration in the container, as on the host.
pub(super) const FOLDER: &str = "/etc/vsc/login";

/// The page at the name of the dashboard; that of a host is written by a script on it.
pub(super) const PAGE: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>Workspaces of a preview</title>\n<h1>Workspaces of a preview</h1>\n<p>On a host this page shows who is in, and what each workspace uses. <a href=\"/dashboard/\">Dashboard of the proxy</a></p>\n";

/// What differs between the packages of the host and the official image: <https://hub.docker.com/_/httpd>.
const REPLACED: [(&str, &str); 6] = [
    ("/etc/httpd/modules/", "/usr/local/apache2/modules/"),
    ("User apache", "User www-data"),
    ("Group apache", "Group www-data"),
    ("ErrorLog syslog:daemon", "ErrorLog /proc/self/fd/2"),
    ("/run/vsc-login", "/tmp"),
    ("SessionDBDCookieName", "SessionCookieName"),
];

/// A name behind a login: a workspace, or the dashboard.
pub(super) struct Guarded<'a> {
    pub(super) name: &'a str,
    /// The address at which Apache is asked, as on the host.
    pub(super) address: &'a str,
    /// The port on this machine.
    pub(super) port: u16,
    /// Who may open it.
    pub(super) allowed: Vec<&'a str>,
}

/// What the configuration is made of.
pub(super) struct Server<'a> {
    pub(super) preview: &'a Preview,
    pub(super) team: &'a str,
    pub(super) https: bool,
    /// Whether workspaces have names.
    pub(super) has_names: bool,
    /// Whether apps have names below those of workspaces.
    pub(super) has_previews: bool,
    /// Makes a random text.
    pub(super) secret: fn() -> String,
}

impl Server<'_> {
    /// The files of the configuration: names and contents. `passwords` are lines of a password file.
    pub(super) fn files(
        &self,
        guarded: &[Guarded<'_>],
        passwords: &[String],
    ) -> Vec<(String, String)> {
        let files = self.preview.files_below("/usr/local/libexec/vsc/login/");
        let mut files: Vec<(String, String)> = files
            .map(|(name, content)| {
                let content = match name {
                    "login-sessions.conf" => self.sessions(),
                    _ => adapted(content),
                };
                (name.to_owned(), content)
            })
            .collect();
        files.push(("passwords".to_owned(), passwords.join("\n") + "\n"));
        files.push(("pages/ok".to_owned(), "yes\n".to_owned()));
        files.push(("pages/index.html".to_owned(), PAGE.to_owned()));
        files.push(("httpd.conf".to_owned(), self.main(guarded)));
        files
    }

    fn main(&self, guarded: &[Guarded<'_>]) -> String {
        let scheme = self.scheme();
        let mut text = format!(
            "Define TEAM \"{}\"\nDefine SCHEME {scheme}\nDefine IDLE 7200\nDefine RENEWAL 60\nInclude ${{ROOT}}/login-server.conf\nInclude ${{ROOT}}/login-sessions.conf\n",
            self.team
        );
        for guarded in guarded {
            text.push_str(&self.host(guarded));
        }
        text
    }

    /// The definitions of a host, as the script `logins` writes them.
    fn host(&self, guarded: &Guarded<'_>) -> String {
        let Guarded {
            name,
            address,
            port,
            allowed,
        } = guarded;
        let scheme = self.scheme();
        let mut host = "none".to_owned();
        let (mut origin, mut own) = (String::new(), "'self'".to_owned());
        if self.has_names {
            host = match (scheme, port) {
                ("https", 443) | ("http", 80) => format!("{name}.localhost"),
                _ => format!("{name}.localhost:{port}"),
            };
            origin = format!("{scheme}://{host}");
            own.clone_from(&origin);
        }
        let mut action = "'self'".to_owned();
        let mut attributes = "Path=/;HttpOnly;SameSite=Lax".to_owned();
        let mut cookie = format!("vsc_{name}");
        if self.https {
            attributes.push_str(";Secure");
            "__Host-vsc".clone_into(&mut cookie);
        }
        if self.https && self.has_previews {
            "__Secure-vsc".clone_into(&mut cookie);
            // Writing into a string cannot fail.
            _ = write!(attributes, ";Domain={name}.localhost");
            _ = write!(action, " {scheme}://*.{host}");
        }
        format!(
            "Define NAME {name}\nDefine ADDRESS {address}\nDefine HOST {host}\nDefine ORIGIN \"{origin}\"\nDefine SELF \"{own}\"\nDefine ACTION \"{action}\"\nDefine COOKIE {cookie}\nDefine ATTRIBUTES \"{attributes}\"\nDefine SITE {}\nDefine ALLOWED \"{}\"\nInclude ${{ROOT}}/login-form.conf\n",
            (self.secret)(),
            allowed.join(" "),
        )
    }

    fn scheme(&self) -> &'static str {
        if self.https { "https" } else { "http" }
    }

    /// Sessions in encrypted cookies: mod_session_cookie, mod_session_crypto.
    fn sessions(&self) -> String {
        let modules = [
            "authn_file",
            "auth_form",
            "request",
            "session",
            "session_cookie",
            "session_crypto",
        ];
        let modules = modules.map(|name| {
            format!("LoadModule {name}_module /usr/local/apache2/modules/mod_{name}.so\n")
        });
        format!(
            "{}SessionCryptoPassphrase {}\nSessionMaxAge ${{IDLE}}\nSessionExpiryUpdateInterval ${{RENEWAL}}\n",
            modules.concat(),
            (self.secret)()
        )
    }
}

/// A configuration file of the host for the official image, without the audit log.
fn adapted(content: &str) -> String {
    let lines = content
        .lines()
        .filter(|line| !line.starts_with("CustomLog "));
    let text: String = lines.flat_map(|line| [line, "\n"]).collect();
    REPLACED
        .iter()
        .fold(text, |text, (old, new)| text.replace(old, new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_host_fits_the_official_image() {
        let text = "User apache\nCustomLog \"||/x log\" event\nLoadModule a /etc/httpd/modules/a.so\n  SessionDBDCookieName x\n";
        assert_eq!(
            adapted(text),
            "User www-data\nLoadModule a /usr/local/apache2/modules/a.so\n  SessionCookieName x\n"
        );
    }

    #[test]
    fn a_host_is_defined_as_on_a_host() {
        let preview = Preview::read(
            r#"{"image": "", "proxyImage": "", "loginImage": "", "https": true, "port": 1, "dashboardPort": 2, "workspacePort": 3, "dotfilesScript": "", "workspaces": [], "files": [{"path": "/usr/local/libexec/vsc/login/login-sessions.conf", "content": "DBDriver sqlite3"}]}"#,
        );
        let preview = preview.expect("it is one");
        let mut server = Server {
            preview: &preview,
            team: "acme",
            https: true,
            has_names: true,
            has_previews: true,
            secret: || "random".to_owned(),
        };
        let guarded = Guarded {
            name: "alice",
            address: "127.64.0.1",
            port: 8443,
            allowed: vec!["alice"],
        };
        assert_eq!(
            server.host(&guarded),
            "Define NAME alice\nDefine ADDRESS 127.64.0.1\nDefine HOST alice.localhost:8443\nDefine ORIGIN \"https://alice.localhost:8443\"\nDefine SELF \"https://alice.localhost:8443\"\nDefine ACTION \"'self' https://*.alice.localhost:8443\"\nDefine COOKIE __Secure-vsc\nDefine ATTRIBUTES \"Path=/;HttpOnly;SameSite=Lax;Secure;Domain=alice.localhost\"\nDefine SITE random\nDefine ALLOWED \"alice\"\nInclude ${ROOT}/login-form.conf\n"
        );
        let files = server.files(std::slice::from_ref(&guarded), &["alice:x".to_owned()]);
        let of = |name: &str| {
            let file = files.iter().find(|(file, _)| file == name);
            file.map(|(_, content)| content.as_str())
                .unwrap_or_default()
        };
        assert_eq!(of("passwords"), "alice:x\n");
        assert!(of("login-sessions.conf").contains("SessionCryptoPassphrase random\n"));
        assert!(of("httpd.conf").starts_with("Define TEAM \"acme\"\n"));
        (server.https, server.has_names) = (false, false);
        let plain = server.host(&guarded);
        assert!(plain.contains("Define COOKIE vsc_alice\n"), "{plain}");
        assert!(
            plain.contains("Define ORIGIN \"\"\nDefine SELF \"'self'\"\n"),
            "{plain}"
        );
    }
}
