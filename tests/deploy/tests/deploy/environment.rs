//! AWS settings of the environment and the profile: an empty value is unset, an invalid one is reported.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Command;

use vsc_deploy_tests::cloud::{Cloud, Ended};

const PROGRAM: &str = env!("CARGO_BIN_EXE_team");

/// All variables that the SDK reads.
const VARIABLES: [&str; 31] = [
    "AWS_MAX_ATTEMPTS",
    "AWS_RETRY_MODE",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_CA_BUNDLE",
    "AWS_DEFAULT_REGION",
    "AWS_USE_FIPS_ENDPOINT",
    "AWS_USE_DUALSTACK_ENDPOINT",
    "AWS_ENDPOINT_URL_CLOUDFORMATION",
    "AWS_ENDPOINT_URL_STS",
    "AWS_ENDPOINT_URL_EC2",
    "AWS_ENDPOINT_URL_SECRETS_MANAGER",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "AWS_EC2_METADATA_DISABLED",
    "AWS_EC2_METADATA_SERVICE_ENDPOINT",
    "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_ROLE_ARN",
    "AWS_SESSION_TOKEN",
    "AWS_STS_REGIONAL_ENDPOINTS",
    "AWS_SDK_UA_APP_ID",
    "AWS_EXECUTION_ENV",
    "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
    "AWS_DISABLE_REQUEST_COMPRESSION",
    "AWS_ACCOUNT_ID_ENDPOINT_MODE",
    "AWS_REQUEST_CHECKSUM_CALCULATION",
    "SSL_CERT_FILE",
];

fn ended(command: &mut Command) -> Ended {
    command.output().expect("it can be run").into()
}

/// Asserts that it fails with one line that begins with this name.
fn assert_named(mut command: Command, name: &str) {
    let ended = ended(&mut command).with(1);
    let line = ended.err.trim_end();
    assert!(
        line.starts_with(&format!("error: {name}")),
        "{name}: {line}"
    );
    assert!(
        !line.contains('\n') && !line.contains("panicked"),
        "{name}: {line}"
    );
}

#[test]
fn an_empty_variable_is_unset() {
    let cloud = Cloud::start("environment-empty", PROGRAM);
    let mut all = cloud.command("status");
    for name in VARIABLES {
        all.env(name, "");
    }
    _ = ended(&mut all).with(0);
    for name in VARIABLES {
        let mut one = cloud.command("status");
        // A variable of one blank is empty as well.
        one.env(name, " ");
        _ = ended(&mut one).with(0);
    }
    let mut region = cloud.command("status");
    region
        .env("AWS_REGION", "")
        .env("AWS_DEFAULT_REGION", "eu-central-1");
    _ = ended(&mut region).with(0);
    let mut nowhere = cloud.command("status");
    nowhere.env("AWS_REGION", "");
    ended(&mut nowhere).with(1).reports(&["no region is set"]);
    let mut nobody = cloud.command("status");
    nobody
        .env("AWS_ACCESS_KEY_ID", "")
        .env("AWS_SECRET_ACCESS_KEY", "");
    ended(&mut nobody)
        .with(1)
        .reports(&["no AWS credentials found"]);
}

#[test]
fn an_invalid_variable_is_reported_in_one_line() {
    let cloud = Cloud::start("environment-wrong", PROGRAM);
    fs::write(
        cloud.folder().join("bad.pem"),
        "-----BEGIN CERTIFICATE-----\nzzzz\n-----END CERTIFICATE-----\n",
    )
    .expect("the folder can be written");
    fs::write(cloud.folder().join("bad.ini"), "[default\n").expect("the folder can be written");
    fs::write(
        cloud.folder().join("bytes.ini"),
        b"[default]\nregion = \xff\n",
    )
    .expect("written");
    for (name, value) in [
        ("AWS_MAX_ATTEMPTS", "abc"),
        ("AWS_MAX_ATTEMPTS", "0"),
        ("AWS_MAX_ATTEMPTS", "-1"),
        ("AWS_MAX_ATTEMPTS", "99999999999"),
        ("AWS_RETRY_MODE", "fast"),
        ("AWS_REGION", "eu west 1"),
        ("AWS_REGION", "eu-west-1/"),
        ("AWS_ENDPOINT_URL", "localhost:4566"),
        ("AWS_ENDPOINT_URL", "http://"),
        ("AWS_ENDPOINT_URL_CLOUDFORMATION", "localhost"),
        ("AWS_ENDPOINT_URL_SECRETS_MANAGER", "ftp://localhost"),
        ("AWS_CA_BUNDLE", "missing.pem"),
        ("AWS_CA_BUNDLE", "."),
        ("AWS_CA_BUNDLE", "bad.pem"),
        ("AWS_CA_BUNDLE", "values.toml"),
        ("SSL_CERT_FILE", "missing.pem"),
        ("AWS_PROFILE", "nobody"),
        ("AWS_CONFIG_FILE", "bad.ini"),
        ("AWS_CONFIG_FILE", "bytes.ini"),
        ("AWS_CONFIG_FILE", "."),
        ("AWS_SHARED_CREDENTIALS_FILE", "bad.ini"),
        ("AWS_USE_FIPS_ENDPOINT", "1"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "yes"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "maybe"),
        ("AWS_DISABLE_REQUEST_COMPRESSION", "x"),
        ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "-1"),
        ("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10485761"),
        ("AWS_ACCOUNT_ID_ENDPOINT_MODE", "x"),
        ("AWS_REQUEST_CHECKSUM_CALCULATION", "x"),
        ("AWS_RESPONSE_CHECKSUM_VALIDATION", "x"),
        ("AWS_AUTH_SCHEME_PREFERENCE", ","),
        ("AWS_SDK_UA_APP_ID", "a b"),
        ("AWS_EXECUTION_ENV", "a\nb"),
        ("AWS_EC2_METADATA_DISABLED", "1"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "x"),
        ("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv5"),
        ("AWS_STS_REGIONAL_ENDPOINTS", "x"),
        ("AWS_ACCESS_KEY_ID", ""),
        ("AWS_SECRET_ACCESS_KEY", ""),
        ("AWS_ACCESS_KEY_ID", "a\nb"),
        ("AWS_SESSION_TOKEN", "a b"),
        ("HTTPS_PROXY", "foo bar"),
        ("http_proxy", "http://"),
    ] {
        let mut command = cloud.command("status");
        command.env(name, value);
        if name == "AWS_REGION" {
            command.env_remove("AWS_DEFAULT_REGION");
        }
        assert_named(command, name);
    }
    for name in [
        "AWS_MAX_ATTEMPTS",
        "AWS_REGION",
        "AWS_PROFILE",
        "AWS_ACCESS_KEY_ID",
    ] {
        let mut command = cloud.command("status");
        command.env(name, OsStr::from_bytes(b"a\xff"));
        assert_named(command, name);
    }
    for (name, value) in [
        ("AWS_WEB_IDENTITY_TOKEN_FILE", "missing"),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "x"),
        ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "x"),
    ] {
        let mut command = cloud.command("status");
        command
            .env_remove("AWS_ACCESS_KEY_ID")
            .env_remove("AWS_SECRET_ACCESS_KEY");
        command.env(name, value);
        assert_named(command, name);
    }
}

#[test]
fn keys_of_a_profile_are_checked_like_variables() {
    let cloud = Cloud::start("environment-profile", PROGRAM);
    let folder = cloud.folder().join(".aws");
    fs::create_dir_all(&folder).expect("the folder can be made");
    let status = |config: &str| {
        fs::write(folder.join("config"), config).expect("the folder can be written");
        let mut command = cloud.command("status");
        command.env("AWS_PROFILE", "p");
        command
    };
    let empty = "\u{feff}[profile p]\nregion =\nmax_attempts =\nretry_mode = \nca_bundle =\nuse_fips_endpoint =\n\
                 endpoint_url =\nrole_arn =\nservices = s\n[services s]\ncloudformation =\n  endpoint_url =\n";
    _ = ended(&mut status(empty)).with(0);
    _ = ended(&mut status(
        "[profile p]\nretry_mode = adaptive\nmax_attempts = 2\n",
    ))
    .with(0);
    _ = ended(&mut status("[profile p]\nretry_mode = legacy\n")).with(0);
    for (key, value) in [
        ("max_attempts", "abc"),
        ("retry_mode", "fast"),
        ("ca_bundle", "missing.pem"),
        ("use_fips_endpoint", "1"),
        ("use_dualstack_endpoint", "1"),
        ("sdk_ua_app_id", "a b"),
        ("request_min_compression_size_bytes", "x"),
        ("account_id_endpoint_mode", "x"),
        ("ec2_metadata_service_endpoint", "x"),
    ] {
        let command = status(&format!("[profile p]\n{key} = {value}\n"));
        assert_named(command, &format!("`{key}` of the profile `p`"));
    }
    let mut command = status("[profile p]\nregion = e w\n");
    command.env_remove("AWS_REGION");
    assert_named(command, "`region` of the profile `p`");
    let mut command = status("[profile p]\nendpoint_url = localhost\n");
    command.env_remove("AWS_ENDPOINT_URL");
    assert_named(command, "`endpoint_url` of the profile `p`");
    for service in ["cloudformation", "secrets_manager", "route_53"] {
        let mut command = status(&format!(
            "[profile p]\nservices = s\n[services s]\n{service} =\n  endpoint_url = localhost\n"
        ));
        command.env_remove("AWS_ENDPOINT_URL");
        assert_named(command, "`endpoint_url` of ");
    }
}
