//! Users and their names.

use super::domain::{Domain, LONGEST_NAME, check_label};
use crate::finding::Finding;

/// How many users one stack can hold: AWS CloudFormation User Guide, "Quotas". Each has a record
/// and a secret among 500 resources, and a URL among 200 outputs; 20 of each are for the rest.
pub const MAX_USERS: usize = 180;

/// Names that the host uses itself.
const RESERVED: [&str; 1] = ["monitor"];

/// The name of a user: a label of a host name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserName(String);

impl UserName {
    /// A user's name.
    ///
    /// # Errors
    ///
    /// When it is no label of a host name, or reserved.
    pub fn new(name: &str) -> Result<Self, Finding> {
        let refused =
            |why: &str| Finding::new(format!("{name:?} cannot be a user's name")).why(why);
        if name.is_empty() {
            return Err(refused("it is empty"));
        }
        let lower = name.to_ascii_lowercase();
        if lower != name && check_label(&lower).is_ok() {
            return Err(
                refused("it becomes part of a host name, which is written in lower case")
                    .help(format!("write {lower:?}")),
            );
        }
        if let Err(why) = check_label(name) {
            let usable: String = lower
                .chars()
                .map(|letter| {
                    if letter.is_ascii_alphanumeric() {
                        letter
                    } else {
                        '-'
                    }
                })
                .collect();
            let usable = usable.trim_matches('-');
            let finding = refused(&format!("it becomes part of a host name, and {why}"));
            return Err(if check_label(usable).is_ok() && name.is_ascii() {
                finding.help(format!("write {usable:?}"))
            } else {
                finding
            });
        }
        if RESERVED.contains(&name) {
            return Err(
                refused(&format!("{name}.DOMAIN is the dashboard")).help("choose another name")
            );
        }
        if name.strip_prefix("i-").is_some_and(|id| {
            [8, 17].contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_hexdigit())
        }) {
            return Err(refused(
                "the host itself is called by its instance ID, which looks like this",
            ));
        }
        Ok(Self(name.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name below a domain.
    pub fn below(&self, domain: &Domain) -> String {
        format!("{}.{}", self.0, domain.as_str())
    }

    /// Judges the length of the name below a domain.
    ///
    /// # Errors
    ///
    /// When it is longer than a host name may be.
    pub(super) fn check_below(&self, domain: &Domain) -> Result<(), Finding> {
        let name = self.below(domain);
        if name.len() <= LONGEST_NAME {
            return Ok(());
        }
        Err(
            Finding::new(format!("the host name of {:?} is too long", self.0)).why(format!(
                "{name} has {} characters, and a host name has at most {LONGEST_NAME}",
                name.len()
            )),
        )
    }

    /// The name as part of a logical ID: `dev-1` is `Dev1`.
    pub fn logical_id(&self) -> String {
        let mut id = String::new();
        for part in self.0.split('-') {
            let mut letters = part.chars();
            id.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
            id.push_str(letters.as_str());
        }
        id
    }
}

/// Judges a team's names against each other: the finding for each that an earlier one excludes.
pub(super) fn collisions(names: &[UserName]) -> Vec<(usize, Finding)> {
    let mut seen = std::collections::HashMap::new();
    let mut findings = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let id = name.logical_id().to_ascii_lowercase();
        let Some(first) = seen.insert(id.clone(), name) else {
            continue;
        };
        let finding = if first == name {
            Finding::new(format!("there are two users called {:?}", name.as_str()))
                .help("remove one of them, or give one another name")
        } else {
            Finding::new(format!(
                "the users {:?} and {:?} cannot be told apart",
                first.as_str(),
                name.as_str()
            ))
            .why(format!(
                "logical IDs have no hyphens: both would be `{}`",
                first.logical_id()
            ))
            .help("give one of them another name")
        };
        seen.insert(id, first);
        findings.push((place, finding));
    }
    findings
}

/// Judges how many users are asked for.
pub(super) fn check_count(count: i128) -> Result<usize, Finding> {
    let what = match count {
        1.. => {
            let known = usize::try_from(count).unwrap_or(usize::MAX);
            if known <= MAX_USERS {
                return Ok(known);
            }
            return Err(Finding::new(format!("{count} users are too many for one stack"))
                .why(format!("a stack of CloudFormation holds 200 outputs and 500 resources: at most {MAX_USERS} users"))
                .help("split the team into several stacks"));
        }
        0 => "a team of 0 users has nothing to run".to_owned(),
        negative => format!("a team cannot have {negative} users"),
    };
    Err(Finding::new(what)
        .why(format!("a team has 1 to {MAX_USERS} users"))
        .help("write `users = 1`, or name them: `users = [\"alice\"]`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_names() {
        for name in ["alice", "dev-1", "a", "3d", "i-love-rust"] {
            assert!(UserName::new(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_near_miss_is_told_with_what_to_write() {
        let told = |name: &str| UserName::new(name).expect_err(name).to_string();
        assert!(told("Alice").ends_with("write \"alice\""));
        assert!(told("alice_b").ends_with("write \"alice-b\""));
        assert!(told("alice@x.com").contains("`@` is not allowed"));
        assert!(told("monitor").contains("is the dashboard"));
        assert!(told("i-0a1b2c3d").contains("instance ID"));
        assert!(told("").contains("it is empty"));
    }

    #[test]
    fn names_make_logical_ids() {
        let id = |name: &str| UserName::new(name).expect(name).logical_id();
        assert_eq!(id("dev-1"), "Dev1");
        assert_eq!(id("mary-ann"), "MaryAnn");
    }

    #[test]
    fn names_that_make_one_logical_id_collide() {
        let names = ["dev-1", "dev1", "bob", "bob"].map(|name| UserName::new(name).expect(name));
        let told: Vec<String> = collisions(&names)
            .into_iter()
            .map(|(place, finding)| format!("{place} {}", finding.what))
            .collect();
        assert_eq!(
            told,
            [
                "1 the users \"dev-1\" and \"dev1\" cannot be told apart",
                "3 there are two users called \"bob\""
            ]
        );
    }
}
