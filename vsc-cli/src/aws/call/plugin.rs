//! The configuration of the runtime: how to sign and send a request.

use aws_config::SdkConfig;
use aws_runtime::auth::sigv4::{SCHEME_ID, SigV4AuthScheme};
use aws_runtime::auth::{SigV4OperationSigningConfig, SigningOptions};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolver;
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeOptionResolverParams, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::Layer;
use aws_types::SigningName;
use aws_types::region::SigningRegion;

use super::service::Service;

/// Signature Version 4 with the credentials of the configuration.
pub(super) fn of(config: &SdkConfig, service: &'static Service) -> StaticRuntimePlugin {
    let mut signing_options = SigningOptions::default();
    // Only S3 signs paths as they are, and requires the hash of the body in a header: "Signature
    // calculations for the Authorization header", Amazon S3 API Reference.
    if service.is_s3() {
        signing_options.double_uri_encode = false;
        signing_options.normalize_uri_path = false;
        signing_options.content_sha256_header = true;
    }
    let mut layer = Layer::new("call");
    let region = service.signing_region(config);
    layer.store_put(AuthSchemeOptionResolverParams::new(()));
    layer.store_put(SigningRegion::from(region.clone()));
    layer.store_put(region);
    layer.store_put(SigningName::from_static(service.signing_name));
    layer.store_put(SigV4OperationSigningConfig {
        signing_options,
        ..SigV4OperationSigningConfig::default()
    });
    if let Some(timeouts) = config.timeout_config() {
        layer.store_put(timeouts.clone());
    }

    let mut parts = RuntimeComponentsBuilder::new("call");
    parts.push_auth_scheme(SharedAuthScheme::new(SigV4AuthScheme::new()));
    let schemes = StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]);
    parts.set_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(schemes)));
    let cache = config.identity_cache();
    parts.set_identity_cache(cache.or_else(|| Some(IdentityCache::lazy().build())));
    if let Some(credentials) = config.credentials_provider() {
        parts.set_identity_resolver(SCHEME_ID, credentials);
    }
    parts.set_http_client(config.http_client());
    parts.set_sleep_impl(config.sleep_impl());
    parts.set_time_source(config.time_source());
    StaticRuntimePlugin::new()
        .with_config(layer.freeze())
        .with_runtime_components(parts)
}
