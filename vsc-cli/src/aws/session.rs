//! The connection to an account and a region.

use std::env;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_cloudformation::config::SharedHttpClient;
use aws_sdk_cloudformation::config::http::HttpResponse;
use aws_sdk_cloudformation::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cloudformation::operation::RequestId;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext};
use aws_smithy_http_client::{Builder, Connector};
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

use super::call;
use super::environment::{Environment, Found, check_url, variable};
use super::error::CallError;
use super::interrupt::{Interrupt, Interrupted};
use super::io::{Event, SharedIo};
use super::service_error::ServiceError;
use super::session_options::SessionOptions;
use super::turn::Turn;
use crate::Failure;

/// The default number of attempts of a call, with exponential backoff of up to 20 seconds and jitter.
/// `AWS_MAX_ATTEMPTS` and the profile's `max_attempts` override it.
const ATTEMPTS: u32 = 6;

/// The services whose SDK clients are used, also for signing in.
const CLIENTS: [&str; 4] = ["CloudFormation", "STS", "SSO", "SSO OIDC"];

/// The time without a response after which a note is shown.
const PATIENCE: Duration = Duration::from_secs(8);

/// A connection to an account and a region.
pub(crate) struct Session {
    config: SdkConfig,
    pub(crate) cloudformation: aws_sdk_cloudformation::Client,
    sts: aws_sdk_sts::Client,
    region: String,
    profile: Option<String>,
    patience: Duration,
    pub(crate) interrupt: Interrupt,
    pub(crate) io: SharedIo,
    pub(super) turn: Turn,
}

/// Why a call was stopped: by an error, or by the user.
#[derive(Debug)]
pub(crate) enum Stopped {
    /// The call failed.
    Failed(Box<CallError>),
    /// The user interrupted it.
    Interrupted,
}

impl From<Interrupted> for Stopped {
    fn from(_: Interrupted) -> Self {
        Self::Interrupted
    }
}

impl Stopped {
    /// The failure, with the state of the operation after the cause.
    pub(crate) fn failure(self, state: &str) -> Failure {
        match self {
            Self::Failed(error) => error.failure(state),
            Self::Interrupted if state.is_empty() => {
                Failure::interrupted("interrupted").state("nothing was changed")
            }
            Self::Interrupted => Failure::interrupted("interrupted").state(state),
        }
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        stopped.failure("")
    }
}

/// The caller: `aws sts get-caller-identity`.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) account: String,
    pub(crate) arn: String,
}

impl Session {
    /// Finds credentials and the region as the AWS CLI does: options, environment, profiles, SSO,
    /// containers, the instance. A declared region takes precedence over the environment's.
    pub(crate) async fn connect(
        session_options: &SessionOptions,
        declared: Option<&str>,
        io: &SharedIo,
    ) -> Result<Self, Failure> {
        #[cfg(test)]
        if let Some(session) = super::scripted::connected(io).await {
            return Ok(session);
        }
        let environment = Environment::read(session_options).await?;
        let interrupt = Interrupt::listen()
            .map_err(|error| Failure::input(format!("cannot handle signals: {error}")))?;
        let client = http_client(&environment)?;
        let mut loader = aws_config::defaults(BehaviorVersion::latest())
            .http_client(client.clone())
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(session_options.timeout.min(Duration::from_secs(10)))
                    .operation_attempt_timeout(session_options.timeout)
                    .build(),
            );
        loader = loader
            .profile_files(environment.profiles.files.clone())
            .retry_config(environment.retries(ATTEMPTS));
        if let Some(profile) = &environment.profiles.name {
            loader = loader.profile_name(profile);
        }
        let asked = session_options.region.clone();
        if let Some(region) = asked.or_else(|| Some(declared?.to_owned())) {
            loader = loader.region(Region::new(region));
        }
        let loaded = interrupt.or(Box::pin(loader.load())).await;
        let config = loaded.map_err(|_| Stopped::Interrupted)?;
        let region = config.region().map(|region| region.as_ref().to_owned());
        let region = region.ok_or_else(no_region)?;
        let config = match &session_options.profile {
            Some(profile) => with_profile(config, profile, &environment, &client),
            None => config,
        };
        let config = if environment.ignores_endpoints() {
            without_own_endpoints(config)
        } else {
            check_endpoints(&config)?;
            config
        };
        if let Some(declared) = declared {
            report_region(declared, session_options.region.as_deref(), io);
        }
        Ok(Self {
            cloudformation: aws_sdk_cloudformation::Client::new(&config),
            sts: aws_sdk_sts::Client::new(&config),
            config,
            region,
            patience: session_options.timeout * 10,
            profile: environment.profiles.name,
            interrupt,
            io: Arc::clone(io),
            turn: Turn::default(),
        })
    }

    /// A session with scripted responses.
    #[cfg(test)]
    pub(crate) fn scripted(config: SdkConfig, interrupt: Interrupt, io: SharedIo) -> Self {
        Self {
            cloudformation: aws_sdk_cloudformation::Client::new(&config),
            sts: aws_sdk_sts::Client::new(&config),
            config,
            region: "eu-west-1".to_owned(),
            patience: Duration::from_secs(300),
            profile: None,
            interrupt,
            io,
            turn: Turn::default(),
        }
    }

    /// The session of one of several operations, which ask one after the other.
    pub(crate) fn taking_turns(mut self, turn: Turn) -> Self {
        self.turn = turn;
        self
    }

    /// The same session for cleaning up: an interruption stops none of its calls and pauses. The second
    /// one still ends the process.
    pub(crate) fn uninterrupted(&self) -> Self {
        Self {
            config: self.config.clone(),
            cloudformation: self.cloudformation.clone(),
            sts: self.sts.clone(),
            region: self.region.clone(),
            profile: self.profile.clone(),
            patience: self.patience,
            interrupt: Interrupt::never(),
            io: Arc::clone(&self.io),
            turn: self.turn.clone(),
        }
    }

    /// The configuration for further clients.
    pub(crate) fn config(&self) -> &SdkConfig {
        &self.config
    }

    /// The region.
    pub(crate) fn region(&self) -> &str {
        &self.region
    }

    /// How long to wait for a lost connection while an operation continues.
    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }

    /// The selected profile, if any.
    pub(crate) fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// Waits for the response of a call, or an interruption. `operation` is the name in the API.
    pub(crate) fn call<'a, T, E>(
        &'a self,
        operation: &'static str,
        call: impl Future<Output = Result<T, SdkError<E, HttpResponse>>> + 'a,
    ) -> impl Future<Output = Result<T, Stopped>> + 'a
    where
        T: 'a,
        E: ProvideErrorMetadata + RequestId + std::error::Error + Send + Sync + 'static,
    {
        let answer = self.call_anyway(operation, call);
        async move { self.interrupt.or(answer).await?.map_err(Stopped::Failed) }
    }

    /// As [`Session::call`], but is not interrupted: for cleaning up.
    pub(crate) fn call_anyway<'a, T, E>(
        &'a self,
        operation: &'static str,
        call: impl Future<Output = Result<T, SdkError<E, HttpResponse>>> + 'a,
    ) -> impl Future<Output = Result<T, Box<CallError>>> + 'a
    where
        T: 'a,
        E: ProvideErrorMetadata + RequestId + std::error::Error + Send + Sync + 'static,
    {
        self.io.report(Event::Call { operation });
        // The futures of the SDK are large.
        let answer = self.with_note(operation, Box::pin(call));
        async move {
            let answer = answer.await;
            answer.map_err(|error| {
                Box::new(CallError::new(operation, ServiceError::of(&error), self))
            })
        }
    }

    /// Shows a note if the response takes long.
    async fn with_note<T>(
        &self,
        operation: &'static str,
        mut call: impl Future<Output = T> + Unpin,
    ) -> T {
        if let Ok(answer) = tokio::time::timeout(PATIENCE, &mut call).await {
            return answer;
        }
        self.io.report(Event::Waiting {
            region: &self.region,
            operation,
        });
        call.await
    }

    /// Sleeps, unless the user interrupts it.
    pub(crate) async fn pause(&self, pause: Duration) -> Result<(), Stopped> {
        Ok(self.interrupt.or(tokio::time::sleep(pause)).await?)
    }

    /// The caller identity of the credentials.
    pub(crate) async fn identity(&self) -> Result<Identity, Stopped> {
        let call = self.sts.get_caller_identity().send();
        let answer = self.call("GetCallerIdentity", call).await?;
        Ok(Identity {
            account: answer.account().unwrap_or("unknown").to_owned(),
            arn: answer.arn().unwrap_or("unknown").to_owned(),
        })
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("region", &self.region)
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}

/// Uses the credentials of a profile: `--profile` takes precedence over credentials in the
/// environment, as in the AWS CLI.
fn with_profile(
    config: SdkConfig,
    profile: &str,
    environment: &Environment,
    client: &SharedHttpClient,
) -> SdkConfig {
    let settings = ProviderConfig::without_region()
        .with_region(config.region().cloned())
        .with_http_client(client.clone());
    let provider = ProfileFileCredentialsProvider::builder()
        .configure(&settings)
        .profile_name(profile)
        .profile_files(environment.profiles.files.clone())
        .build();
    let builder = config.into_builder();
    builder
        .credentials_provider(SharedCredentialsProvider::new(provider))
        .build()
}

/// Ignores endpoints of single services too: the SDK ignores only the common one.
fn without_own_endpoints(config: SdkConfig) -> SdkConfig {
    config.into_builder().service_config(NoneOfItsOwn).build()
}

/// Services without settings of their own.
#[derive(Debug)]
struct NoneOfItsOwn;

impl LoadServiceConfig for NoneOfItsOwn {
    fn load_config(&self, _: ServiceConfigKey<'_>) -> Option<String> {
        None
    }
}

/// Checks the endpoints of single services, which the SDK does not.
fn check_endpoints(config: &SdkConfig) -> Result<(), Failure> {
    for id in call::SERVICES
        .iter()
        .map(|service| service.id())
        .chain(CLIENTS)
    {
        if let Some(value) = call::own_endpoint(config, id) {
            let variable = format!(
                "AWS_ENDPOINT_URL_{}",
                id.to_ascii_uppercase().replace(' ', "_")
            );
            let origin = match env::var(&variable) {
                Ok(_) => variable,
                Err(_) => format!("`endpoint_url` of {id} in the profile"),
            };
            check_url(&Found { value, origin })?;
        }
    }
    Ok(())
}

/// The HTTPS client: proxies and certificates come from the environment, as in the AWS CLI.
fn http_client(environment: &Environment) -> Result<SharedHttpClient, Failure> {
    let trusted = environment.trusted()?;
    let context = TlsContext::builder()
        .with_trust_store(trusted)
        .build()
        .map_err(|error| Failure::input(format!("cannot set up TLS: {error}")))?;
    Ok(
        Builder::new().build_with_connector_fn(move |settings, components| {
            let mut connector = Connector::builder()
                .tls_provider(Provider::Rustls(CryptoMode::Ring))
                .tls_context(context.clone())
                .proxy_config(ProxyConfig::from_env());
            connector.set_connector_settings(settings.cloned());
            if let Some(components) = components {
                connector.set_sleep_impl(components.sleep_impl());
            }
            connector.build()
        }),
    )
}

fn no_region() -> Failure {
    Failure::region("no region is set")
.hint("pass `--region eu-west-1`, set AWS_REGION, set `region` in the profile (`aws configure`), or declare it: `region = \"eu-west-1\"`")
}

/// Reports the region in use if two are set.
fn report_region(declared: &str, asked: Option<&str>, io: &SharedIo) {
    if let Some(asked) = asked {
        if asked != declared {
            io.report(Event::RegionAsked { asked, declared });
        }
        return;
    }
    let variables = ["AWS_REGION", "AWS_DEFAULT_REGION"];
    let set = variables
        .iter()
        .find_map(|name| Some((name, variable(name)?)));
    if let Some((name, region)) = set
        && region != declared
    {
        io.report(Event::RegionDeclared {
            declared,
            variable: name,
            region: &region,
        });
    }
}
