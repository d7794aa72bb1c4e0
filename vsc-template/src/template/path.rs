//! Paths of values.

use std::fmt;

use vsc_spec::resource::Step;

/// The path from a value to one within it, displayed as `Tags[0].Value`,
/// `files["/etc/motd"].content`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path(Vec<Step>);

impl Path {
    /// The value itself.
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The name of its first member.
    pub fn first(&self) -> Option<&str> {
        match self.0.first() {
            Some(Step::Key(name)) => Some(name),
            _ => None,
        }
    }

    /// The path with one more step.
    #[must_use]
    pub fn with(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// The path of the member of this name.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        self.with(Step::Key(name.to_owned().into()))
    }

    /// The path of the item at this index.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }
}

impl FromIterator<Step> for Path {
    fn from_iter<I: IntoIterator<Item = Step>>(steps: I) -> Self {
        Self(steps.into_iter().collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(item) => write!(f, "[{item}]")?,
                Step::Key(name) if is_word(name) => {
                    let dot = if index == 0 { "" } else { "." };
                    write!(f, "{dot}{name}")?;
                }
                Step::Key(name) => write!(f, "[{name:?}]")?,
            }
        }
        Ok(())
    }
}

/// Whether the name needs no quotes between dots.
fn is_word(name: &str) -> bool {
    let fits = |letter: char| letter.is_alphanumeric() || "_-:".contains(letter);
    !name.is_empty() && name.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_displayed_readably() {
        let path = Path::root().member("Tags").item(2).member("Value");
        assert_eq!(path.to_string(), "Tags[2].Value");
        let path = Path::root().member("files").member("/etc/motd");
        assert_eq!(path.to_string(), "files[\"/etc/motd\"]");
    }
}
