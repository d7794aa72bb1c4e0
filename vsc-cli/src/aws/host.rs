//! The host of a team: its EC2 instance.

use std::time::Duration;

use aws_smithy_types::base64;
use vsc_spec::{Json, Object};

use super::call::{self, EC2, Element};
use super::cloudformation;
use super::error::CallError;
use super::run_command;
use super::session::{Session, Stopped};
use crate::Failure;
use crate::assembly::Stack;
use crate::failure::Hint;

/// The states of an instance: Amazon EC2 API Reference, `InstanceState`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InstanceState {
    Pending,
    Running,
    Stopping,
    Stopped,
    /// Shutting down for good, or already terminated.
    Terminated,
}

impl InstanceState {
    fn of(name: &str) -> Self {
        match name {
            "pending" => Self::Pending,
            "running" => Self::Running,
            "stopping" => Self::Stopping,
            "stopped" => Self::Stopped,
            _ => Self::Terminated,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Running => "running",
            Self::Stopping => "stopping",
            Self::Stopped => "stopped",
            Self::Terminated => "terminated",
        }
    }
}

/// An EC2 instance.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub(crate) id: String,
    pub(crate) state: InstanceState,
    /// Its type, such as `t3.large`.
    pub(crate) kind: String,
    pub(crate) address: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) launched: Option<String>,
    /// The ID of its image.
    pub(crate) image: Option<String>,
}

impl Instance {
    fn of(item: &Element) -> Self {
        let text = |path: &str| item.text(path).map(str::to_owned);
        Self {
            id: text("instanceId").unwrap_or_default(),
            state: InstanceState::of(item.text("instanceState/name").unwrap_or_default()),
            kind: text("instanceType").unwrap_or_default(),
            address: text("ipAddress"),
            zone: text("placement/availabilityZone"),
            launched: text("launchTime"),
            image: text("imageId"),
        }
    }

    pub(crate) fn to_json(&self) -> Json {
        Json::Object(
            Object::new()
                .with("id", self.id.clone())
                .with("state", self.state.name())
                .with("type", self.kind.clone())
                .with_some("address", self.address.clone())
                .with_some("zone", self.zone.clone())
                .with_some("launched", self.launched.clone()),
        )
    }
}

/// The ID of the host's instance in a stack.
pub(crate) async fn instance_id(session: &Session, stack: &Stack) -> Result<String, Failure> {
    let name = stack.name.as_str();
    let deployed = cloudformation::deployed(session, name).await?;
    let resources = cloudformation::resources(session, &deployed.id).await?;
    let host = resources
        .into_iter()
        .find(|resource| resource.logical_id == stack.host_id());
    host.and_then(|host| host.physical_id)
        .filter(|id| id.starts_with("i-"))
        .ok_or_else(|| {
            Failure::input(format!("the stack `{name}` has no host"))
                .hint(Hint::run("see its state with", &["status", name]))
        })
}

/// The instance; none if EC2 no longer knows it.
pub(crate) async fn describe(session: &Session, id: &str) -> Result<Option<Instance>, Stopped> {
    let parameters = [("InstanceId.1".to_owned(), id.to_owned())];
    let call = call::query(session.config(), &EC2, "DescribeInstances", &parameters);
    let answer = match session.call("DescribeInstances", call).await {
        Ok(answer) => answer,
        // EC2 forgets a terminated instance after an hour.
        Err(Stopped::Failed(error)) if error.code() == "InvalidInstanceID.NotFound" => {
            return Ok(None);
        }
        Err(stopped) => return Err(stopped),
    };
    let found = answer.all("reservationSet/item/instancesSet/item");
    Ok(found.first().map(|item| Instance::of(item)))
}

/// Starts or stops the instance.
pub(crate) async fn switch(session: &Session, id: &str, on: bool) -> Result<(), Stopped> {
    let operation = if on {
        "StartInstances"
    } else {
        "StopInstances"
    };
    let parameters = [("InstanceId.1".to_owned(), id.to_owned())];
    let call = call::query(session.config(), &EC2, operation, &parameters);
    session.call(operation, call).await?;
    Ok(())
}

/// Waits for a state of the instance, and stops at a state from which it cannot be reached.
pub(crate) async fn wait_for(
    session: &Session,
    id: &str,
    wanted: InstanceState,
) -> Result<Option<Instance>, Stopped> {
    loop {
        let instance = describe(session, id).await?;
        match &instance {
            Some(instance)
                if instance.state != wanted
                    && matches!(
                        instance.state,
                        InstanceState::Pending | InstanceState::Stopping
                    ) =>
            {
                session.pause(Duration::from_secs(2)).await?;
            }
            _ => return Ok(instance),
        }
    }
}

/// The console output of the instance: its boot, from the kernel to `cfn-init`.
pub(crate) async fn console(session: &Session, id: &str) -> Result<Option<Vec<u8>>, Stopped> {
    let parameters = [
        ("InstanceId".to_owned(), id.to_owned()),
        ("Latest".to_owned(), "true".to_owned()),
    ];
    let call = call::query(session.config(), &EC2, "GetConsoleOutput", &parameters);
    let answer = match session.call("GetConsoleOutput", call).await {
        Ok(answer) => answer,
        // Only some instance types return the latest output; all return that of the boot.
        Err(Stopped::Failed(error)) if error.code() == "UnsupportedOperation" => {
            let call = call::query(
                session.config(),
                &EC2,
                "GetConsoleOutput",
                parameters.get(..1).unwrap_or_default(),
            );
            session.call("GetConsoleOutput", call).await?
        }
        Err(stopped) => return Err(stopped),
    };
    Ok(answer.text("output").and_then(decode))
}

/// The output of a command on the host.
#[derive(Clone, Debug)]
pub(crate) struct CommandOutput {
    pub(crate) output: String,
    pub(crate) errors: String,
    /// `Success`, `Failed`, `TimedOut` …
    pub(crate) status: String,
}

impl CommandOutput {
    /// The reason of a failure: the last line of the output, or else the status.
    pub(crate) fn reason(&self) -> String {
        let last = |text: &str| {
            let mut lines = text.lines().rev().map(str::trim);
            lines.find(|line| !line.is_empty()).map(str::to_owned)
        };
        let output = last(&self.errors).or_else(|| last(&self.output));
        output.unwrap_or_else(|| self.status.clone())
    }
}

/// The reason why a command did not reach the host.
pub(crate) fn unreached(error: &CallError) -> String {
    // "The target isn't registered, or its agent isn't running": AWS Systems Manager API Reference,
    // `SendCommand`.
    if error.code() == "InvalidInstanceId" {
        return "Systems Manager cannot reach it: its agent is not running, or cannot reach AWS"
            .to_owned();
    }
    error.cause()
}

/// Runs a shell command on the host by Systems Manager, and waits for its end: [`run_command`].
pub(crate) async fn run(
    session: &Session,
    id: &str,
    command: &str,
) -> Result<CommandOutput, Stopped> {
    let command = run_command::start(session, id, command, None).await?;
    run_command::wait(session, id, &command).await
}

/// Reboots the instance. EC2 forces it if the system does not end within some minutes.
pub(crate) async fn reboot(session: &Session, id: &str) -> Result<(), Stopped> {
    let parameters = [("InstanceId.1".to_owned(), id.to_owned())];
    let call = call::query(session.config(), &EC2, "RebootInstances", &parameters);
    session.call("RebootInstances", call).await?;
    Ok(())
}

/// Decodes Base64 with or without line breaks; none if it is invalid.
fn decode(text: &str) -> Option<Vec<u8>> {
    let text: String = text.split_whitespace().collect();
    base64::decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_console_is_decoded() {
        assert_eq!(decode("Ym9v\ndCE=").as_deref(), Some(&b"boot!"[..]));
        assert_eq!(decode("Ym9v*"), None);
        assert_eq!(decode("").as_deref(), Some(&b""[..]));
    }
}
