//! Resource attributes, next to the properties of a resource: AWS CloudFormation Template
//! Reference, "Resource attributes".

/// A resource attribute, which CloudFormation itself reads, and not the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResourceAttribute {
    /// The resources that are created before it.
    DependsOn,
    /// The condition under which the resource is created.
    Condition,
    /// Metadata of the resource; `cfn-init` reads a part of it.
    Metadata,
    /// What CloudFormation waits for when it creates the resource.
    CreationPolicy,
    /// How CloudFormation updates the resource.
    UpdatePolicy,
    /// What happens to the resource when it leaves the template or the stack is deleted.
    DeletionPolicy,
    /// What happens to a resource that is replaced.
    UpdateReplacePolicy,
}

impl ResourceAttribute {
    /// All attributes.
    pub const ALL: &'static [Self] = &[
        Self::DependsOn,
        Self::Condition,
        Self::Metadata,
        Self::CreationPolicy,
        Self::UpdatePolicy,
        Self::DeletionPolicy,
        Self::UpdateReplacePolicy,
    ];

    /// The names of all attributes.
    pub const NAMES: [&'static str; 7] = {
        let mut names = [""; 7];
        let mut at = 0;
        while at < names.len() {
            names[at] = Self::ALL[at].name();
            at += 1;
        }
        names
    };

    /// The name in a template.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DependsOn => "DependsOn",
            Self::Condition => "Condition",
            Self::Metadata => "Metadata",
            Self::CreationPolicy => "CreationPolicy",
            Self::UpdatePolicy => "UpdatePolicy",
            Self::DeletionPolicy => "DeletionPolicy",
            Self::UpdateReplacePolicy => "UpdateReplacePolicy",
        }
    }

    /// The attribute of this name.
    pub fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|attribute| attribute.name() == name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_reads_back() {
        for (attribute, name) in ResourceAttribute::ALL.iter().zip(ResourceAttribute::NAMES) {
            assert_eq!(ResourceAttribute::parse(name), Some(*attribute));
        }
        assert_eq!(ResourceAttribute::parse("DependOn"), None);
    }
}
