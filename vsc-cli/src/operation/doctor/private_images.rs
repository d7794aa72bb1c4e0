//! Images in Amazon ECR.

use aws_types::region::Region;
use vsc_spec::team::ImageReference;
use vsc_spec::{Diagnostic, Json, Object};

use super::account::{Account, Outcome};
use super::check::Check;
use super::needs;
use crate::assembly::Image;
use crate::aws::call::{self, ECR};
use crate::aws::session::Stopped;

/// Those of the images that are in ECR, each once.
pub(super) fn of(images: &[Image]) -> Vec<ImageReference> {
    let references = images.iter().map(|image| image.reference.clone());
    let references = references.filter_map(|reference| ImageReference::new(reference).ok());
    let mut private: Vec<_> = references
        .filter(|image| image.ecr_repository().is_some())
        .collect();
    private.dedup();
    private
}

impl Account<'_> {
    /// Asks the registry of the image's account and region.
    pub(super) async fn private_image(&self, image: &ImageReference) -> Outcome {
        const SUBJECT: &str = needs::PRIVATE_IMAGE;
        let Some(repository) = image.ecr_repository() else {
            return Ok(Check::skipped(SUBJECT, "not in ECR"));
        };
        let region = Region::from_static(repository.region().name());
        let config = self.session.config().to_builder().region(region).build();
        let id = match (image.digest(), image.tag()) {
            (Some(digest), _) => ("imageDigest", digest),
            (None, tag) => ("imageTag", tag.unwrap_or_default()),
        };
        let body = Json::Object(
            Object::new()
                .with("registryId", repository.account().to_owned())
                .with("repositoryName", repository.name().to_owned())
                .with(
                    "imageIds",
                    Json::array([Json::object([(id.0, Json::from(id.1.to_owned()))])]),
                ),
        );
        let call = call::json(&config, &ECR, "DescribeImages", &body);
        let error = match self.session.call("DescribeImages", call).await {
            Ok(_) => return Ok(Check::good(SUBJECT, image.as_str())),
            Err(Stopped::Failed(error)) => error,
            Err(stopped) => return Err(stopped),
        };
        let (name, account, region) = (
            repository.name(),
            repository.account(),
            repository.region().name(),
        );
        let diagnostic = match error.code() {
            "RepositoryNotFoundException" => Diagnostic::new(format!(
                "there is no repository {name} in {region} of account {account}"
            ))
            .help(format!(
                "run `aws ecr create-repository --repository-name {name} --region {region}`, then push the image"
            )),
            "ImageNotFoundException" => {
                Diagnostic::new(format!("the repository {name} has no image {}", id.1)).help(format!(
                    "run `aws ecr list-images --repository-name {name} --region {region}` to list its images"
                ))
            }
            _ => return Err(Stopped::Failed(error)),
        };
        let diagnostic = diagnostic.note("the host pulls it when it boots");
        Ok(Check::bad(SUBJECT, diagnostic))
    }
}
