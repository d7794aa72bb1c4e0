//! Presigned URLs of the parts of an upload to S3: whoever has one can upload this part, and nothing
//! else, without credentials (Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters").

use std::time::{Duration, SystemTime};

use aws_config::SdkConfig;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_credential_types::provider::error::CredentialsError;
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningError,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;

use super::request::encoded;
use super::service::S3;

/// The URLs of all parts of an upload. They differ only in the number and the signature, so that those of
/// two hundred parts fit into a command for the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PresignedParts {
    /// The URL of each part, up to `&partNumber=N&X-Amz-Signature=SIGNATURE`. It has only characters that
    /// need no quotes in a here document.
    pub(crate) base: String,
    /// The signature of each part, from part 1 on.
    pub(crate) signatures: Vec<String>,
}

/// Why nothing was signed.
#[derive(Debug)]
pub(crate) enum Unsigned {
    /// There are no credentials.
    Credentials(CredentialsError),
    /// The URL cannot be signed.
    Url(Box<dyn std::error::Error + Send + Sync>),
}

impl std::fmt::Display for Unsigned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Credentials(error) => write!(f, "no AWS credentials found: {error}"),
            Self::Url(error) => write!(f, "cannot sign the URL of an upload: {error}"),
        }
    }
}

impl From<SigningError> for Unsigned {
    fn from(error: SigningError) -> Self {
        Self::Url(error.into())
    }
}

impl PresignedParts {
    /// Presigns the parts 1 to `count` of an upload, with the credentials of the configuration. The path
    /// of the object is encoded and begins with a slash: `/bucket/key`.
    ///
    /// # Errors
    ///
    /// When there are no credentials, or the endpoint is not a URL.
    pub(crate) async fn of(
        config: &SdkConfig,
        path: &str,
        upload: &str,
        count: u32,
        lasting: Duration,
    ) -> Result<Self, Unsigned> {
        let provider = config
            .credentials_provider()
            .ok_or_else(|| Unsigned::Credentials(CredentialsError::not_loaded_no_source()))?;
        let credentials = provider.provide_credentials().await;
        let credentials = credentials.map_err(Unsigned::Credentials)?;
        let region = S3.signing_region(config);
        let now = config
            .time_source()
            .map_or_else(SystemTime::now, |it| it.now());
        let signer = Signer {
            token: credentials.session_token().map(str::to_owned),
            identity: credentials.into(),
            region: region.as_ref(),
            now,
            lasting,
        };
        let url = format!("{}{path}?uploadId={}", S3.endpoint(config), encoded(upload));
        let mut base = None;
        let mut signatures = Vec::new();
        for number in 1..=count {
            let (query, signature) = signer.sign("PUT", &format!("{url}&partNumber={number}"))?;
            base.get_or_insert(query);
            signatures.push(signature);
        }
        let query = base.unwrap_or_default();
        Ok(Self {
            base: format!("{url}&{query}"),
            signatures,
        })
    }
}

/// Signs URLs.
struct Signer<'a> {
    identity: Identity,
    /// The token of temporary credentials.
    token: Option<String>,
    region: &'a str,
    now: SystemTime,
    lasting: Duration,
}

impl Signer<'_> {
    /// The query of a signed URL without its signature, and the signature.
    fn sign(&self, method: &str, url: &str) -> Result<(String, String), Unsigned> {
        // As `plugin` does for S3.
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(self.lasting);
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let parameters = v4::SigningParams::builder()
            .identity(&self.identity)
            .region(self.region)
            .name(S3.signing_name)
            .time(self.now)
            .settings(settings)
            .build()
            .map_err(|error| Unsigned::Url(error.into()))?
            .into();
        let request = SignableRequest::new(
            method,
            url,
            std::iter::empty(),
            SignableBody::UnsignedPayload,
        )?;
        let (instructions, signature) = sign(request, &parameters)?.into_parts();
        let parameters = instructions.params().iter();
        let query: Vec<String> = parameters
            .filter(|(name, _)| *name != "X-Amz-Signature" && *name != "X-Amz-Security-Token")
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .chain(
                self.token
                    .iter()
                    .map(|token| format!("X-Amz-Security-Token={}", encoded(token))),
            )
            .collect();
        Ok((query.join("&"), signature))
    }
}

#[cfg(test)]
mod tests {
    use aws_credential_types::Credentials;
    use aws_credential_types::provider::SharedCredentialsProvider;
    use aws_types::region::Region;

    use super::*;

    /// 2013-05-24T00:00:00Z.
    const DAY: Duration = Duration::from_secs(1_369_353_600);

    fn credentials(token: Option<&str>) -> Credentials {
        Credentials::new(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            token.map(str::to_owned),
            None,
            "test",
        )
    }

    /// The example of the Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters".
    #[test]
    fn a_url_is_signed_as_s3_documents_it() {
        let signer = Signer {
            identity: credentials(None).into(),
            token: None,
            region: "us-east-1",
            now: SystemTime::UNIX_EPOCH + DAY,
            lasting: Duration::from_secs(86_400),
        };
        let signed = signer.sign("GET", "https://examplebucket.s3.amazonaws.com/test.txt");
        let (query, signature) = signed.expect("it is signed");
        assert_eq!(
            query,
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        );
        assert_eq!(
            signature,
            "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
        );
    }

    #[test]
    fn the_urls_of_parts_differ_in_number_and_signature() {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime
            .expect("there is a runtime")
            .block_on(signed_parts());
    }

    async fn signed_parts() {
        let config = |token| {
            SdkConfig::builder()
                .region(Region::from_static("eu-west-1"))
                .credentials_provider(SharedCredentialsProvider::new(credentials(token)))
                .build()
        };
        let parts = |config: SdkConfig| async move {
            let hour = Duration::from_secs(3_600);
            let parts = PresignedParts::of(&config, "/acme/a.tar.gz", "u+1", 3, hour).await;
            parts.expect("they are signed")
        };
        let found = parts(config(None)).await;
        assert!(
            found.base.starts_with(
                "https://s3.eu-west-1.amazonaws.com/acme/a.tar.gz?uploadId=u%2B1&X-Amz-Algorithm="
            ),
            "{}",
            found.base
        );
        let all = &found.signatures;
        assert_eq!(all.len(), 3);
        assert!(all[0] != all[1] && all[1] != all[2] && all[0] != all[2]);
        assert!(all.iter().all(|it| it.len() == 64));
        // Temporary credentials sign their token as well.
        let temporary = parts(config(Some("a/b="))).await;
        assert!(
            temporary.base.ends_with("&X-Amz-Security-Token=a%2Fb%3D"),
            "{}",
            temporary.base
        );
        assert_ne!(temporary.signatures[0], all[0]);
        let none = SdkConfig::builder().build();
        let unsigned = PresignedParts::of(&none, "/a/b", "u", 1, Duration::from_secs(1)).await;
        assert!(unsigned.is_err_and(|error| error.to_string().contains("no AWS credentials")));
    }
}
