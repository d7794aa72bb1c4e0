//! Documents that are public: requests without a signature.

use aws_config::SdkConfig;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::StaticRuntimePlugin;
use aws_smithy_types::config_bag::Layer;
use vsc_spec::Json;

use super::request::Request;
use super::{SdkCallError, answer, read};

/// The JSON document at a path below a URL, requested with the HTTP client of the configuration; null if it is
/// in another format. Redirects are not followed.
pub(crate) async fn document(
    config: &SdkConfig,
    url: &str,
    path: &str,
) -> Result<Json, SdkCallError> {
    let mut layer = Layer::new("document");
    if let Some(timeouts) = config.timeout_config() {
        layer.store_put(timeouts.clone());
    }
    let mut parts = RuntimeComponentsBuilder::new("document");
    parts.set_http_client(config.http_client());
    parts.set_sleep_impl(config.sleep_impl());
    parts.set_time_source(config.time_source());
    let plugin = StaticRuntimePlugin::new()
        .with_config(layer.freeze())
        .with_runtime_components(parts);
    let operation = Operation::builder()
        .service_name("OpenID Connect")
        .operation_name("GetConfiguration")
        .endpoint_url(url)
        .no_auth()
        .no_retry()
        .runtime_plugin(plugin)
        .serializer(Request::into_http)
        .deserializer(read)
        .build();
    let body = operation.invoke(Request::rest("GET", path)).await?;
    let text = String::from_utf8_lossy(&body);
    Ok(answer::read(&text).unwrap_or(Json::Null))
}
