//! Calls of services without generated clients.
//!
//! The SDK's client of EC2 takes minutes to compile, for four of its several hundred operations.
//! The SDK's runtime is the same for all services: these calls go through it, with its credentials,
//! signatures, endpoints, retries and timeouts. The URL, the body and the parsing of the response
//! are ours.

pub(super) mod answer;
mod plugin;
mod presign;
mod public;
mod rejected;
mod request;
mod service;
mod xml;

use aws_config::SdkConfig;
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_smithy_runtime::client::orchestrator::operation::Operation;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::retry::RetryConfig;
use vsc_core::template::write_json;
use vsc_spec::Json;

pub(crate) use presign::PresignedParts;
pub(crate) use public::document;
pub(crate) use rejected::Rejected;
pub(crate) use request::{Request, encoded};
pub(crate) use service::{
    EC2, ECR, ROUTE_53, S3, SECRETS_MANAGER, SERVICE_QUOTAS, SERVICES, SSM, Service, own_endpoint,
};
pub(crate) use xml::Element;

/// The error of a call.
pub(crate) type SdkCallError = SdkError<Rejected, HttpResponse>;

/// Calls an operation with an XML response: EC2, STS, Route 53, S3.
pub(crate) async fn xml(
    config: &SdkConfig,
    service: &'static Service,
    operation: &'static str,
    request: Request,
) -> Result<Element, SdkCallError> {
    let text = text(config, service, operation, request).await?;
    // Some responses, such as that of S3's `PutObject`, have no body.
    Ok(Element::read(&text).unwrap_or_default())
}

/// Calls an operation of the Query protocol with its parameters.
pub(crate) async fn query(
    config: &SdkConfig,
    service: &'static Service,
    operation: &'static str,
    parameters: &[(String, String)],
) -> Result<Element, SdkCallError> {
    let request = Request::query(operation, service.version, parameters);
    xml(config, service, operation, request).await
}

/// Calls an operation of a JSON protocol.
pub(crate) async fn json(
    config: &SdkConfig,
    service: &'static Service,
    operation: &'static str,
    body: &Json,
) -> Result<Json, SdkCallError> {
    let request = Request::json(service.target, operation, write_json(body));
    let text = text(config, service, operation, request).await?;
    Ok(answer::read(&text).unwrap_or(Json::Null))
}

/// Calls an operation, and returns the body of the response as text.
pub(crate) async fn text(
    config: &SdkConfig,
    service: &'static Service,
    operation: &'static str,
    request: Request,
) -> Result<String, SdkCallError> {
    let body = bytes(config, service, operation, request).await?;
    Ok(String::from_utf8_lossy(&body).into_owned())
}

/// Calls an operation, and returns the body of the response.
pub(crate) async fn bytes(
    config: &SdkConfig,
    service: &'static Service,
    operation: &'static str,
    request: Request,
) -> Result<Vec<u8>, SdkCallError> {
    let retries = config.retry_config().cloned();
    let retries = retries.unwrap_or_else(RetryConfig::standard);
    let operation = Operation::builder()
        .service_name(service.id)
        .operation_name(operation)
        .endpoint_url(&service.endpoint(config))
        .standard_retry(&retries)
        .retry_classifier(AwsErrorCodeClassifier::<Rejected>::new())
        .retry_classifier(TransientErrorClassifier::<Rejected>::new())
        .retry_classifier(HttpStatusCodeClassifier::default())
        .runtime_plugin(plugin::of(config, service))
        .serializer(Request::into_http)
        .deserializer(read)
        .build();
    operation.invoke(request).await
}

fn read(response: &HttpResponse) -> Result<Vec<u8>, OrchestratorError<Rejected>> {
    let body = response.body().bytes().unwrap_or_default();
    if response.status().is_success() {
        return Ok(body.to_vec());
    }
    let body = String::from_utf8_lossy(body);
    let header = |name| response.headers().get(name);
    let rejected = Rejected::read(
        &body,
        header("x-amzn-errortype"),
        header("x-amzn-requestid"),
    );
    Err(OrchestratorError::operation(
        rejected.or_status(response.status().as_u16()),
    ))
}
