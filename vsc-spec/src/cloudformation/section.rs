//! The sections of a template: AWS CloudFormation User Guide, "Template sections".

/// A section of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Section {
    /// The version of the format.
    FormatVersion,
    /// The description of the template.
    Description,
    /// Metadata of the template.
    Metadata,
    /// The macros that CloudFormation runs over the template.
    Transform,
    /// The input when the stack is created or updated.
    Parameters,
    /// The rules that parameters must satisfy.
    Rules,
    /// Values, looked up by two keys.
    Mappings,
    /// Conditions on the parameters.
    Conditions,
    /// The hooks of `CodeDeploy` deployments.
    Hooks,
    /// The resources of the stack.
    Resources,
    /// The outputs and exports of the stack.
    Outputs,
}

impl Section {
    /// All sections, in the order of the guide.
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

    /// Whether the members of the section have names chosen by the template.
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
