//! The lints, one per file: its page, its messages, and its check unless that is shared. Each page is a
//! doc comment, from which the test of the documentation generates `docs/lints`; its examples are
//! tests.
//!
//! ```
//! use vsc_core::check::{Severity, lint};
//!
//! assert_eq!(lint::OPEN_PORT.id(), "open-port");
//! assert_eq!(lint::OPEN_PORT.severity(), Severity::Warning);
//! ```

mod declare;
#[cfg(test)]
mod examples;
mod id;

pub(super) mod all_resources;
pub(super) mod condition;
pub(super) mod deprecated_property;
pub(super) mod deprecated_runtime;
pub(super) mod dynamic_reference;
pub(super) mod exposed_secret;
pub(super) mod hardcoded_secret;
pub(super) mod incomplete_function;
pub(super) mod instance_metadata_v1;
pub(super) mod logical_id;
pub(super) mod mapping;
pub(super) mod merge_key;
pub(super) mod missing_no_echo;
pub(super) mod mistaken_type;
pub(super) mod no_resources;
pub(super) mod open_function_url;
pub(super) mod open_port;
pub(super) mod output;
pub(super) mod parameter;
pub(super) mod plain_http;
pub(super) mod plaintext_login;
pub(super) mod property;
pub(super) mod public_bucket;
pub(super) mod public_database;
pub(super) mod public_policy;
pub(super) mod quota;
pub(super) mod rain_directive;
pub(super) mod reference;
pub(super) mod related_resources;
pub(super) mod resource;
pub(super) mod resource_type;
pub(super) mod secret_default;
pub(super) mod section;
pub(super) mod spaced_dynamic_reference;
pub(super) mod suppression_without_reason;
pub(super) mod syntax;
pub(super) mod undocumented_parameter_type;
pub(super) mod unencrypted_storage;
pub(super) mod unknown_action;
pub(super) mod unknown_lint;
pub(super) mod unpackaged_local_path;
pub(super) mod wildcard_action;
pub(super) mod yaml_alias;

pub use declare::{Lint, Severity};

/// The table of lints, sorted by ID.
macro_rules! lints {
    ($($file:ident::$name:ident,)+) => {
        $(pub use $file::$name;)+

        impl Lint {
            /// All lints, by their IDs.
            pub const ALL: &[Self] = &[$($name),+];
        }
    };
}

lints! {
    all_resources::ALL_RESOURCES,
    condition::CONDITION,
    deprecated_property::DEPRECATED_PROPERTY,
    deprecated_runtime::DEPRECATED_RUNTIME,
    dynamic_reference::DYNAMIC_REFERENCE,
    exposed_secret::EXPOSED_SECRET,
    hardcoded_secret::HARDCODED_SECRET,
    incomplete_function::INCOMPLETE_FUNCTION,
    instance_metadata_v1::INSTANCE_METADATA_V1,
    logical_id::LOGICAL_ID,
    mapping::MAPPING,
    merge_key::MERGE_KEY,
    missing_no_echo::MISSING_NO_ECHO,
    mistaken_type::MISTAKEN_TYPE,
    no_resources::NO_RESOURCES,
    open_function_url::OPEN_FUNCTION_URL,
    open_port::OPEN_PORT,
    output::OUTPUT,
    parameter::PARAMETER,
    plain_http::PLAIN_HTTP,
    plaintext_login::PLAINTEXT_LOGIN,
    property::PROPERTY,
    public_bucket::PUBLIC_BUCKET,
    public_database::PUBLIC_DATABASE,
    public_policy::PUBLIC_POLICY,
    quota::QUOTA,
    rain_directive::RAIN_DIRECTIVE,
    reference::REFERENCE,
    related_resources::RELATED_RESOURCES,
    resource::RESOURCE,
    resource_type::RESOURCE_TYPE,
    secret_default::SECRET_DEFAULT,
    section::SECTION,
    spaced_dynamic_reference::SPACED_DYNAMIC_REFERENCE,
    suppression_without_reason::SUPPRESSION_WITHOUT_REASON,
    syntax::SYNTAX,
    undocumented_parameter_type::UNDOCUMENTED_PARAMETER_TYPE,
    unencrypted_storage::UNENCRYPTED_STORAGE,
    unknown_action::UNKNOWN_ACTION,
    unknown_lint::UNKNOWN_LINT,
    unpackaged_local_path::UNPACKAGED_LOCAL_PATH,
    wildcard_action::WILDCARD_ACTION,
    yaml_alias::YAML_ALIAS,
}
