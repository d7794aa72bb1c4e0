//! The rules, by their IDs.

/// How bad it is when a rule is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It works, and is not safe or not up to date.
    Warning,
    /// CloudFormation or the service refuses it.
    Error,
}

impl Severity {
    /// `error` or `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $rule:ident = $id:literal, $severity:ident;)+) => {
        /// A rule over templates.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $doc])+ $rule,)+
        }

        impl Rule {
            /// All rules.
            pub const ALL: &[Self] = &[$(Self::$rule),+];

            /// The ID, which does not change.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$rule => $id,)+
                }
            }

            /// How bad it is when the rule is broken.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Self::$rule => Severity::$severity,)+
                }
            }

            /// What the rule is about.
            pub const fn description(self) -> &'static str {
                match self {
                    $(Self::$rule => concat!($($doc),+).trim_ascii(),)+
                }
            }
        }
    };
}

rules! {
    /// The template is valid YAML or JSON.
    Notation = "syntax", Error;
    /// There are no merge keys, which CloudFormation does not know.
    MergeKey = "merge-key", Error;
    /// There are no aliases, which only `aws cloudformation package` is sure to follow.
    Alias = "yaml-alias", Warning;
    /// A template has the sections that CloudFormation knows, and `Resources` among them.
    Section = "section", Error;
    /// A template has at least one resource.
    NoResources = "no-resources", Warning;
    /// Logical IDs are made of letters and digits.
    LogicalId = "logical-id", Error;
    /// Parameters have a type, and a default that keeps their own rules.
    Parameter = "parameter", Error;
    /// The types of parameters are documented ones.
    UndocumentedType = "undocumented-parameter-type", Warning;
    /// Mappings have two levels of keys.
    Mapping = "mapping", Error;
    /// Conditions are made of the functions that give a condition.
    Condition = "condition", Error;
    /// A resource has a type, and beside its properties what CloudFormation knows.
    Resource = "resource", Error;
    /// The type of a resource exists.
    ResourceType = "resource-type", Error;
    /// Types that others registered are not named almost as AWS's own.
    MistakenType = "mistaken-type", Warning;
    /// Properties are those that the type's schema asks for.
    Property = "property", Error;
    /// Resources fit the resources of the template that they refer to.
    Relation = "related-resources", Error;
    /// Outputs have a value.
    Output = "output", Error;
    /// What is referred to is there.
    Reference = "reference", Error;
    /// Dynamic references name a service and what it holds, where CloudFormation resolves them.
    DynamicReference = "dynamic-reference", Error;
    /// Dynamic references have no spaces.
    SpacedReference = "spaced-dynamic-reference", Warning;
    /// Directives of Rain are carried out before: CloudFormation knows none of them.
    Rain = "rain-directive", Error;
    /// The quotas of CloudFormation are kept.
    Quota = "quota", Error;
    /// Properties that AWS calls deprecated are not used.
    Deprecated = "deprecated-property", Warning;
    /// Functions run on runtimes that AWS still updates.
    DeprecatedRuntime = "deprecated-runtime", Warning;
    /// Serverless functions of zipped code have a handler and a runtime.
    IncompleteFunction = "incomplete-function", Warning;
    /// Policies name actions that exist.
    UnknownAction = "unknown-action", Warning;
    /// Code is where CloudFormation finds it: paths of a machine have to be packaged first.
    Packaged = "unpackaged-local-path", Warning;
    /// Only the ports 80 and 443 are open to the whole internet.
    OpenPort = "open-port", Warning;
    /// Instances ask for version 2 of the instance metadata service.
    InstanceMetadata = "instance-metadata-v1", Warning;
    /// Volumes, file systems and databases are encrypted.
    Unencrypted = "unencrypted-storage", Warning;
    /// Buckets are not open to the public.
    PublicBucket = "public-bucket", Warning;
    /// Databases have no public address.
    PublicDatabase = "public-database", Warning;
    /// Policies that are attached to a resource name who may use it.
    PublicPolicy = "public-policy", Warning;
    /// Nobody is granted all actions.
    AllActions = "wildcard-action", Warning;
    /// All actions of a service, and handing roles over, are granted on named resources.
    AllResources = "all-resources", Warning;
    /// Parameters that take a secret have `NoEcho`.
    EchoedSecret = "missing-no-echo", Warning;
    /// Parameters that take a secret have no default.
    SecretDefault = "secret-default", Warning;
    /// Secrets are not written into the template.
    WrittenSecret = "hardcoded-secret", Warning;
    /// What has `NoEcho` is not handed to places where it can be read: user data, metadata,
    /// environments and outputs.
    ExposedSecret = "exposed-secret", Warning;
    /// Function URLs ask who calls.
    OpenFunction = "open-function-url", Warning;
    /// Distributions do not serve plain HTTP.
    PlainHttp = "plain-http", Warning;
    /// Passwords do not cross the internet in plain text.
    PlaintextLogin = "plaintext-login", Warning;
    /// What `Metadata: {vsc: {allow: […]}}` names are lints.
    UnknownLint = "unknown-lint", Warning;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        for (index, rule) in Rule::ALL.iter().enumerate() {
            let others = &Rule::ALL[..index];
            assert!(
                others.iter().all(|other| other.id() != rule.id()),
                "{rule:?}"
            );
            assert!(rule.description().ends_with('.'), "{rule:?}");
        }
    }
}
