//! The sections of a template: AWS CloudFormation User Guide, "Template sections".

/// A section of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Section {
    /// The version of the format.
    FormatVersion,
    /// What the template is for.
    Description,
    /// Anything about the template.
    Metadata,
    /// The macros that CloudFormation runs over the template.
    Transform,
    /// What is given when the stack is created or updated.
    Parameters,
    /// What has to hold of the parameters.
    Rules,
    /// Values by two keys.
    Mappings,
    /// What depends on the parameters.
    Conditions,
    /// How deployments by `CodeDeploy` go.
    Hooks,
    /// What the stack is made of.
    Resources,
    /// What the stack shows and exports.
    Outputs,
}

impl Section {
    /// All sections, in the order in which the guide has them.
    pub const ALL: &'static [Self] = &[
        Self::FormatVersion,
        Self::Description,
        Self::Metadata,
        Self::Transform,
        Self::Parameters,
        Self::Rules,
        Self::Mappings,
        Self::Conditions,
        Self::Hooks,
        Self::Resources,
        Self::Outputs,
    ];

    /// The name in a template.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FormatVersion => "AWSTemplateFormatVersion",
            Self::Description => "Description",
            Self::Metadata => "Metadata",
            Self::Transform => "Transform",
            Self::Parameters => "Parameters",
            Self::Rules => "Rules",
            Self::Mappings => "Mappings",
            Self::Conditions => "Conditions",
            Self::Hooks => "Hooks",
            Self::Resources => "Resources",
            Self::Outputs => "Outputs",
        }
    }

    /// The section of this name.
    pub fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|section| section.name() == name).copied()
    }

    /// The names of all sections.
    pub fn names() -> impl Iterator<Item = &'static str> + Clone {
        Self::ALL.iter().map(|section| section.name())
    }

    /// Whether the members of the section have names of the template's own.
    pub const fn has_named_members(self) -> bool {
        matches!(
            self,
            Self::Parameters
                | Self::Rules
                | Self::Mappings
                | Self::Conditions
                | Self::Resources
                | Self::Outputs
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_reads_back() {
        for section in Section::ALL {
            assert_eq!(Section::parse(section.name()), Some(*section));
        }
        assert_eq!(Section::parse("Resource"), None);
        let named = Section::ALL.iter().filter(|one| one.has_named_members());
        assert_eq!(named.count(), 6);
    }
}
