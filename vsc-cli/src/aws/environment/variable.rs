//! The settings that the SDK reads, and their valid values.
//!
//! AWS SDKs and Tools Reference Guide, "Settings reference"; the sources of `aws-config` 1.8.

use aws_types::app_name::AppName;

use super::check::{is_header, is_region, is_url};

/// A setting of the SDK.
pub(super) struct Setting {
    /// The variables that set it; the first takes precedence.
    pub(super) variables: &'static [&'static str],
    /// The key in a profile.
    pub(super) key: &'static str,
    pub(super) is_right: fn(&str) -> bool,
    /// The valid values, as they follow "expected".
    pub(super) expected: &'static str,
}

/// The maximum of `request_min_compression_size_bytes`.
const LARGEST: u32 = 10_485_760;

const BOOLEAN: &str = "true or false";
const URL: &str = "a URL such as http://localhost:4566";

const fn setting(
    variables: &'static [&'static str],
    key: &'static str,
    is_right: fn(&str) -> bool,
    expected: &'static str,
) -> Setting {
    Setting {
        variables,
        key,
        is_right,
        expected,
    }
}

/// All settings that the SDK reads.
pub(super) const SETTINGS: &[Setting] = &[
    setting(
        &["AWS_MAX_ATTEMPTS"],
        "max_attempts",
        |value| {
            value
                .trim()
                .parse::<u32>()
                .is_ok_and(|attempts| attempts > 0)
        },
        "an integer of 1 or more",
    ),
    setting(
        &["AWS_RETRY_MODE"],
        "retry_mode",
        |value| one_of(value, &["standard", "adaptive", "legacy"]),
        "standard or adaptive",
    ),
    setting(
        &["AWS_REGION", "AWS_DEFAULT_REGION"],
        "region",
        is_region,
        "a region such as eu-west-1",
    ),
    setting(&["AWS_ENDPOINT_URL"], "endpoint_url", is_url, URL),
    setting(
        &["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"],
        "ignore_configured_endpoint_urls",
        is_boolean,
        BOOLEAN,
    ),
    setting(
        &["AWS_USE_FIPS_ENDPOINT"],
        "use_fips_endpoint",
        is_boolean,
        BOOLEAN,
    ),
    setting(
        &["AWS_USE_DUALSTACK_ENDPOINT"],
        "use_dualstack_endpoint",
        is_boolean,
        BOOLEAN,
    ),
    setting(
        &["AWS_DISABLE_REQUEST_COMPRESSION"],
        "disable_request_compression",
        is_boolean,
        BOOLEAN,
    ),
    setting(
        &["AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES"],
        "request_min_compression_size_bytes",
        |value| value.parse::<u32>().is_ok_and(|size| size <= LARGEST),
        "an integer from 0 to 10485760",
    ),
    setting(
        &["AWS_ACCOUNT_ID_ENDPOINT_MODE"],
        "account_id_endpoint_mode",
        |value| one_of(value, &["preferred", "disabled", "required"]),
        "preferred, disabled or required",
    ),
    setting(
        &["AWS_REQUEST_CHECKSUM_CALCULATION"],
        "request_checksum_calculation",
        |value| one_of(value, &["when_supported", "when_required"]),
        "when_supported or when_required",
    ),
    setting(
        &["AWS_RESPONSE_CHECKSUM_VALIDATION"],
        "response_checksum_validation",
        |value| one_of(value, &["when_supported", "when_required"]),
        "when_supported or when_required",
    ),
    setting(
        &["AWS_AUTH_SCHEME_PREFERENCE"],
        "auth_scheme_preference",
        |value| value.split(',').all(|name| !name.trim().is_empty()),
        "names separated by commas, such as sigv4,sigv4a",
    ),
    setting(
        &["AWS_SDK_UA_APP_ID"],
        "sdk_ua_app_id",
        |value| AppName::new(value.to_owned()).is_ok(),
        "letters, digits and any of !#$%&'*+-.^_`|~",
    ),
    setting(
        &["AWS_EXECUTION_ENV"],
        "",
        is_header,
        "printable ASCII characters",
    ),
    setting(&["AWS_EC2_METADATA_DISABLED"], "", is_boolean, BOOLEAN),
    setting(
        &["AWS_EC2_METADATA_SERVICE_ENDPOINT"],
        "ec2_metadata_service_endpoint",
        is_url,
        URL,
    ),
    setting(
        &["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"],
        "ec2_metadata_service_endpoint_mode",
        |value| one_of(value, &["ipv4", "ipv6"]),
        "IPv4 or IPv6",
    ),
    setting(
        &["AWS_STS_REGIONAL_ENDPOINTS"],
        "sts_regional_endpoints",
        |value| one_of(value, &["regional", "legacy"]),
        "regional or legacy",
    ),
];

fn one_of(value: &str, known: &[&str]) -> bool {
    known
        .iter()
        .any(|known| known.eq_ignore_ascii_case(value.trim()))
}

fn is_boolean(value: &str) -> bool {
    // The SDK trims nothing.
    ["true", "false"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(value))
}

#[cfg(test)]
mod tests {
    use super::SETTINGS;

    #[test]
    fn each_setting_knows_its_valid_values() {
        for (name, right, wrong) in [
            (
                "AWS_MAX_ATTEMPTS",
                &["1", " 3 "][..],
                &["0", "-1", "x", ""][..],
            ),
            (
                "AWS_RETRY_MODE",
                &["standard", "Adaptive", " legacy "],
                &["fast"],
            ),
            ("AWS_REGION", &["eu-west-1"], &["eu west"]),
            ("AWS_ENDPOINT_URL", &["http://localhost:1"], &["localhost"]),
            ("AWS_USE_FIPS_ENDPOINT", &["true", "FALSE"], &["1", " true"]),
            (
                "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
                &["0", "10485760"],
                &["10485761", "-1"],
            ),
            (
                "AWS_ACCOUNT_ID_ENDPOINT_MODE",
                &["preferred", "disabled", "required"],
                &["x"],
            ),
            (
                "AWS_REQUEST_CHECKSUM_CALCULATION",
                &["when_supported", "WHEN_REQUIRED"],
                &["x"],
            ),
            (
                "AWS_RESPONSE_CHECKSUM_VALIDATION",
                &["when_required"],
                &["always"],
            ),
            (
                "AWS_AUTH_SCHEME_PREFERENCE",
                &["sigv4", "sigv4, sigv4a"],
                &["", "sigv4,", " ,"],
            ),
            ("AWS_SDK_UA_APP_ID", &["acme"], &["a b"]),
            ("AWS_EXECUTION_ENV", &["a b~", ""], &["a\nb", "é"]),
            (
                "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
                &["IPv4", "ipv6"],
                &["ipv5"],
            ),
            (
                "AWS_STS_REGIONAL_ENDPOINTS",
                &["regional", "legacy"],
                &["x"],
            ),
        ] {
            let mut settings = SETTINGS.iter();
            let setting = settings.find(|setting| setting.variables.contains(&name));
            let setting = setting.unwrap_or_else(|| panic!("{name} is a setting"));
            for value in right {
                assert!((setting.is_right)(value), "{name}={value:?}");
            }
            for value in wrong {
                assert!(!(setting.is_right)(value), "{name}={value:?}");
            }
        }
    }
}
