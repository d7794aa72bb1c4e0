//! The lints, one in a file: its page, the words that it reports, and how it finds them where
//! this is its own. Each page is a doc comment, and is written to `docs/lints` by the test of the
//! documentation; its examples are tested where they stand.
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

pub use declare::{Lint, Severity};

macro_rules! lints {
    ($($file:ident: $name:ident,)+) => {
        $(pub(super) mod $file;)+
        $(pub use $file::$name;)+

        impl Lint {
            /// All lints, by their IDs.
            pub const ALL: &[Self] = &[$($name),+];
        }
    };
}

lints! {
    all_resources: ALL_RESOURCES,
    condition: CONDITION,
    deprecated_property: DEPRECATED_PROPERTY,
    deprecated_runtime: DEPRECATED_RUNTIME,
    dynamic_reference: DYNAMIC_REFERENCE,
    exposed_secret: EXPOSED_SECRET,
    hardcoded_secret: HARDCODED_SECRET,
    incomplete_function: INCOMPLETE_FUNCTION,
    instance_metadata_v1: INSTANCE_METADATA_V1,
    logical_id: LOGICAL_ID,
    mapping: MAPPING,
    merge_key: MERGE_KEY,
    missing_no_echo: MISSING_NO_ECHO,
    mistaken_type: MISTAKEN_TYPE,
    no_resources: NO_RESOURCES,
    open_function_url: OPEN_FUNCTION_URL,
    open_port: OPEN_PORT,
    output: OUTPUT,
    parameter: PARAMETER,
    plain_http: PLAIN_HTTP,
    plaintext_login: PLAINTEXT_LOGIN,
    property: PROPERTY,
    public_bucket: PUBLIC_BUCKET,
    public_database: PUBLIC_DATABASE,
    public_policy: PUBLIC_POLICY,
    quota: QUOTA,
    rain_directive: RAIN_DIRECTIVE,
    reference: REFERENCE,
    related_resources: RELATED_RESOURCES,
    resource: RESOURCE,
    resource_type: RESOURCE_TYPE,
    secret_default: SECRET_DEFAULT,
    section: SECTION,
    spaced_dynamic_reference: SPACED_DYNAMIC_REFERENCE,
    suppression_without_reason: SUPPRESSION_WITHOUT_REASON,
    syntax: SYNTAX,
    undocumented_parameter_type: UNDOCUMENTED_PARAMETER_TYPE,
    unencrypted_storage: UNENCRYPTED_STORAGE,
    unknown_action: UNKNOWN_ACTION,
    unknown_lint: UNKNOWN_LINT,
    unpackaged_local_path: UNPACKAGED_LOCAL_PATH,
    wildcard_action: WILDCARD_ACTION,
    yaml_alias: YAML_ALIAS,
}
