//! The account: checks that it has what a stack needs.

use std::collections::BTreeMap;

use vsc_spec::{Diagnostic, Json, Object};

use super::check::Check;
use super::{needs, private_images, sign_in};
use crate::assembly::{Needs, Stack, Team};
use crate::aws::call::{self, EC2, Element, ROUTE_53, Request, SSM};
use crate::aws::cloudformation;
use crate::aws::session::{Session, Stopped};

/// The checks that ask AWS.
pub(super) struct Account<'a> {
    pub(super) session: &'a Session,
    /// The parameters of the last deployment.
    pub(super) answers: &'a BTreeMap<String, String>,
}

pub(super) type Outcome = Result<Check, Stopped>;

impl Account<'_> {
    /// The identity, account and region of the credentials.
    pub(super) async fn identity(&self) -> Check {
        match self.session.identity().await {
            Ok(identity) => Check::good(
                "credentials",
                format!(
                    "{} in {} of account {}",
                    identity.arn,
                    self.session.region(),
                    identity.account
                ),
            ),
            Err(stopped) => Check::bad("credentials", reported(&stopped)),
        }
    }

    /// All checks of a stack.
    pub(super) async fn stack_of(&self, stack: &Stack) -> Vec<Check> {
        let mut checks = vec![Self::found(needs::STACK, self.stack(&stack.name).await)];
        let Some(team) = &stack.team else {
            return checks;
        };
        checks.extend(self.host_checks(stack, team).await);
        let needs = &team.needs;
        checks.push(Self::found(needs::ZONE, self.zone(needs).await));
        checks.push(Self::found(
            needs::CERTIFICATE,
            self.certificate(team).await,
        ));
        if let Some(provider) = &team.login.provider {
            checks.extend(self.provider_checks(provider).await);
        }
        checks.push(Self::found(needs::NETWORK, self.network(team).await));
        checks.push(Self::found(needs::RANGES, self.ranges(team).await));
        if let Some(key_pair) = &needs.key_pair {
            checks.push(Self::found(needs::KEY_PAIR, self.key_pair(key_pair).await));
        }
        for image in &private_images::of(&team.images) {
            let outcome = self.private_image(image).await;
            checks.push(Self::found(needs::PRIVATE_IMAGE, outcome));
        }
        checks.push(Self::found(needs::VCPUS, self.vcpus(&team.host).await));
        checks.push(Self::found(
            needs::ADDRESSES,
            self.addresses(&stack.name).await,
        ));
        checks
    }

    /// A call that failed is a doubtful check, and the others are still made.
    pub(super) fn found(subject: &'static str, outcome: Outcome) -> Check {
        outcome.unwrap_or_else(|stopped| Check::doubtful(subject, reported(&stopped)))
    }

    async fn stack(&self, name: &str) -> Outcome {
        let stack = cloudformation::describe(self.session, name).await?;
        Ok(match stack {
            None => Check::good("stack", "not deployed yet"),
            Some(stack) => Check::good("stack", format!("{name} is in {}", stack.status)),
        })
    }

    async fn zone(&self, needs: &Needs) -> Outcome {
        const SUBJECT: &str = needs::ZONE;
        let (domain, id) = match needs::zone(needs, self.answers) {
            Ok(needed) => needed,
            Err(check) => return Ok(check),
        };
        let path = format!("/2013-04-01/hostedzone/{}", call::encoded(&id));
        let request = Request::rest("GET", path);
        let call = call::xml(self.session.config(), &ROUTE_53, "GetHostedZone", request);
        let answer = match self.session.call("GetHostedZone", call).await {
            Ok(answer) => answer,
            Err(Stopped::Failed(error)) if error.code() == "NoSuchHostedZone" => {
                let diagnostic = Diagnostic::new(format!("there is no hosted zone {id}"))
                    .help("run `aws route53 list-hosted-zones` to list those of the account");
                return Ok(Check::bad(SUBJECT, diagnostic));
            }
            Err(stopped) => return Err(stopped),
        };
        let name = answer.text("HostedZone/Name").unwrap_or_default();
        let name = name.trim_end_matches('.');
        let is_within = domain == name || domain.ends_with(&format!(".{name}"));
        let is_private = answer.text("HostedZone/Config/PrivateZone") == Some("true");
        Ok(if !is_within {
            let diagnostic = Diagnostic::new(format!("{domain} is not in the hosted zone {name}"))
                .help(format!(
                    "use the hosted zone of {domain}, or declare a domain below {name}"
                ));
            Check::bad(SUBJECT, diagnostic)
        } else if is_private {
            let diagnostic = Diagnostic::new(format!("the hosted zone {name} is private"))
                .note("its names resolve only inside its VPCs");
            Check::doubtful(SUBJECT, diagnostic)
        } else {
            Check::good(SUBJECT, format!("{name} ({id})"))
        })
    }

    async fn certificate(&self, team: &Team) -> Outcome {
        const SUBJECT: &str = needs::CERTIFICATE;
        let (certificate, private_key) = match needs::certificate(team, self.answers) {
            Ok(needed) => needed,
            Err(check) => return Ok(check),
        };
        let body = Json::Object(Object::new().with(
            "Names",
            Json::array([certificate.clone(), private_key.clone()]),
        ));
        let call = call::json(self.session.config(), &SSM, "GetParameters", &body);
        let found = self.session.call("GetParameters", call).await?;
        let member = |name: &str, member| {
            let parameters = found.get("Parameters").and_then(Json::as_array);
            let mut parameters = parameters.unwrap_or_default().iter();
            let parameter = parameters
                .find(|parameter| parameter.get("Name").and_then(Json::as_str) == Some(name))?;
            parameter
                .get(member)
                .and_then(Json::as_str)
                .map(str::to_owned)
        };
        let kind = |name: &str| member(name, "Type");
        for name in [&certificate, &private_key] {
            if kind(name).is_none() {
                let diagnostic = Diagnostic::new(format!("there is no parameter {name}"))
                    .note("the host reads the certificate and its key when it boots")
                    .help(format!(
                        "aws ssm put-parameter --type SecureString --name {name} --value file://…"
                    ));
                return Ok(Check::bad(SUBJECT, diagnostic));
            }
        }
        let value = member(&certificate, "Value").unwrap_or_default();
        let lacking = sign_in::names_of_previews(team, &value);
        Ok(if kind(&private_key).as_deref() == Some("SecureString") {
            if let Some(diagnostic) = lacking {
                return Ok(Check::doubtful(SUBJECT, diagnostic));
            }
            Check::good(SUBJECT, format!("{certificate} and {private_key}"))
        } else {
            let diagnostic = Diagnostic::new(format!("{private_key} is not encrypted"))
                .note("anyone with access to the parameter can read the private key")
                .help("store it as a SecureString");
            Check::doubtful(SUBJECT, diagnostic)
        })
    }

    async fn key_pair(&self, name: &str) -> Outcome {
        const SUBJECT: &str = "key pair";
        match self.ec2("DescribeKeyPairs", &[("KeyName.1", name)]).await {
            Ok(_) => Ok(Check::good(SUBJECT, name)),
            Err(Stopped::Failed(error)) if error.code() == "InvalidKeyPair.NotFound" => {
                let diagnostic = Diagnostic::new(format!(
                    "there is no key pair `{name}` in {}",
                    self.session.region()
                ));
                Ok(Check::bad(
                    SUBJECT,
                    diagnostic.help("run `aws ec2 describe-key-pairs` to list them"),
                ))
            }
            Err(stopped) => Err(stopped),
        }
    }

    pub(super) async fn ec2(
        &self,
        operation: &'static str,
        parameters: &[(&str, &str)],
    ) -> Result<Element, Stopped> {
        let parameters: Vec<(String, String)> = parameters
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let call = call::query(self.session.config(), &EC2, operation, &parameters);
        self.session.call(operation, call).await
    }
}

fn reported(stopped: &Stopped) -> Diagnostic {
    match stopped {
        Stopped::Failed(error) => Diagnostic::new(error.cause()),
        Stopped::Interrupted => Diagnostic::new("interrupted"),
    }
}
