//! The keys of a declaration.

use std::fmt;

use crate::finding::Finding;
use crate::suggest;

macro_rules! keys {
    ($($key:ident = $name:literal, $example:literal;)+) => {
        /// A key of `#[team_ide]`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Key {
            $(#[doc = concat!("`", $name, "`, as in `", $example, "`.")] $key,)+
        }

        impl Key {
            /// All keys.
            pub const ALL: &[Self] = &[$(Self::$key),+];

            /// The key as it is written.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$key => $name),+ }
            }

            /// The key with a value, as one would write it.
            pub const fn example(self) -> &'static str {
                match self { $(Self::$key => $example),+ }
            }
        }
    };
}

keys! {
    Users = "users", "users = 6";
    Domain = "domain", "domain = \"code.x.com\"";
    HostedZone = "hosted_zone", "hosted_zone = \"Z0123456789ABCDEFGHIJ\"";
    Vpc = "vpc", "vpc = \"vpc-0a1b2c3d4e5f67890\"";
    Subnet = "subnet", "subnet = \"subnet-0a1b2c3d4e5f67890\"";
    Allow = "allow", "allow = [\"203.0.113.0/24\"]";
    Reach = "reach", "reach = [\"10.0.5.0/24\"]";
    Port = "port", "port = 443";
    DashboardPort = "dashboard_port", "dashboard_port = 8090";
    Instance = "instance", "instance = \"t3.large\"";
    Credits = "credits", "credits = standard";
    Region = "region", "region = \"eu-west-1\"";
    RootVolume = "root_volume", "root_volume = \"30 GiB\"";
    HomeVolume = "home_volume", "home_volume = \"100 GiB\"";
    KeyPair = "key_pair", "key_pair = \"ops\"";
    Tls = "tls", "tls = ssm(certificate = \"/vsc/certificate\", private_key = \"/vsc/private-key\")";
    Login = "login", "login = generated";
    Memory = "memory", "memory = \"1 GiB\"";
    Cpus = "cpus", "cpus = 0.5";
    Image = "image", "image = \"codercom/code-server:4.139.1\"";
    ProxyImage = "proxy_image", "proxy_image = \"traefik:v3.7.15\"";
    Repo = "repo", "repo = \"https://github.com/rust-lang/rust-analyzer\"";
    Dotfiles = "dotfiles", "dotfiles = \"https://github.com/alice/dotfiles\"";
    Extensions = "extensions", "extensions = [\"rust-lang.rust-analyzer\"]";
    StackName = "stack_name", "stack_name = \"acme-ide\"";
    Description = "description", "description = \"The IDEs of the Acme team\"";
    Tags = "tags", "tags(CostCenter = \"1234\")";
    Extend = "extend", "extend = add_backups";
}

impl Key {
    /// The key of this name.
    ///
    /// # Errors
    ///
    /// When there is no such key.
    pub fn find(name: &str) -> Result<Self, Finding> {
        Self::ALL
            .iter()
            .find(|key| key.name() == name)
            .copied()
            .ok_or_else(|| {
                let names = || Self::ALL.iter().map(|key| key.name());
                let finding = Finding::new(format!("`team_ide` has no key `{name}`"));
                match suggest::did_you_mean(name, names()) {
                    Some(help) => finding.help(help),
                    None => finding.why(format!(
                        "its keys are {}",
                        names()
                            .map(|name| format!("`{name}`"))
                            .collect::<Vec<_>>()
                            .join(", ")
                    )),
                }
            })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_found_by_its_name() {
        for key in Key::ALL {
            assert_eq!(Key::find(key.name()), Ok(*key));
            assert_eq!(key.to_string(), key.name());
            assert!(key.example().starts_with(key.name()), "{key}");
        }
        let message = |name| Key::find(name).expect_err("no key").to_string();
        assert_eq!(
            message("user"),
            "`team_ide` has no key `user`\n= help: did you mean `users`?"
        );
        assert!(
            message("colour")
                .starts_with("`team_ide` has no key `colour`\nits keys are `users`, `domain`, ")
        );
    }
}
