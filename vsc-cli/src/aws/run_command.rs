//! Commands on the host, by the Run Command of Systems Manager.

use std::time::Duration;

use vsc_spec::{Json, Object};

use super::call::{self, SSM};
use super::host::CommandOutput;
use super::io::Event;
use super::session::{Session, Stopped};

/// How long Systems Manager tries to reach the host, in seconds; 30 is the least that it accepts.
const DELIVERY: i64 = 60;

/// Starts a shell command on the host; returns its ID. After `longest` it is ended; without that, after
/// an hour (AWS Systems Manager, `AWS-RunShellScript`).
pub(crate) async fn start(
    session: &Session,
    instance: &str,
    command: &str,
    longest: Option<Duration>,
) -> Result<String, Stopped> {
    let mut parameters = Object::new().with("commands", Json::array([command.to_owned()]));
    if let Some(longest) = longest {
        let seconds = longest.as_secs().to_string();
        parameters.insert("executionTimeout", Json::array([seconds]));
    }
    let body = Json::Object(
        Object::new()
            .with("DocumentName", "AWS-RunShellScript")
            .with("InstanceIds", Json::array([instance.to_owned()]))
            .with("TimeoutSeconds", Json::Integer(DELIVERY))
            .with("Parameters", Json::Object(parameters)),
    );
    let call = call::json(session.config(), &SSM, "SendCommand", &body);
    let sent = session.call("SendCommand", call).await?;
    let command = sent
        .get("Command")
        .and_then(|command| command.get("CommandId"));
    let command = command.and_then(Json::as_str);
    Ok(command.unwrap_or_default().to_owned())
}

/// The output of a command that has ended; none while it runs. It is cut after 24,000 characters: AWS
/// Systems Manager API Reference, `GetCommandInvocation`.
pub(crate) async fn ended(
    session: &Session,
    instance: &str,
    command: &str,
) -> Result<Option<CommandOutput>, Stopped> {
    let body = invocation(instance, command);
    let call = call::json(session.config(), &SSM, "GetCommandInvocation", &body);
    let answer = match session.call("GetCommandInvocation", call).await {
        Ok(answer) => answer,
        // The invocation appears a moment after the command.
        Err(Stopped::Failed(error)) if error.code() == "InvocationDoesNotExist" => return Ok(None),
        Err(stopped) => return Err(stopped),
    };
    let text = |name: &str| {
        let text = answer.get(name).and_then(Json::as_str);
        text.unwrap_or_default().to_owned()
    };
    let status = text("Status");
    let runs = ["Pending", "InProgress", "Delayed", "Cancelling"].contains(&status.as_str());
    Ok((!runs).then(|| CommandOutput {
        output: text("StandardOutputContent"),
        errors: text("StandardErrorContent"),
        status,
    }))
}

/// Waits for the end of a command.
pub(crate) async fn wait(
    session: &Session,
    instance: &str,
    command: &str,
) -> Result<CommandOutput, Stopped> {
    let mut pause = Duration::from_millis(300);
    loop {
        session.pause(pause).await?;
        pause = next(pause);
        if let Some(output) = ended(session, instance, command).await? {
            return Ok(output);
        }
    }
}

/// Runs a command that may take up to `longest`, and cancels it if it is no longer waited for. `beat` is
/// called again and again while it runs.
pub(crate) async fn run_long(
    session: &Session,
    instance: &str,
    command: &str,
    longest: Duration,
    beat: impl AsyncFn() -> Result<(), Stopped>,
) -> Result<CommandOutput, Stopped> {
    let command = start(session, instance, command, Some(longest)).await?;
    session.io.report(Event::Following { total: 0 });
    let output = follow(session, instance, &command, beat).await;
    session.io.report(Event::Followed);
    if output.is_err() {
        cancel(session, instance, &command).await;
    }
    output
}

async fn follow(
    session: &Session,
    instance: &str,
    command: &str,
    beat: impl AsyncFn() -> Result<(), Stopped>,
) -> Result<CommandOutput, Stopped> {
    let mut pause = Duration::from_millis(300);
    loop {
        session.pause(pause).await?;
        pause = next(pause);
        if let Some(output) = ended(session, instance, command).await? {
            return Ok(output);
        }
        session.io.report(Event::Tick);
        beat().await?;
    }
}

/// The next pause between two questions.
fn next(pause: Duration) -> Duration {
    (pause * 2).min(Duration::from_secs(3))
}

/// Cancels a command. Without permission or connection it ends by itself.
async fn cancel(session: &Session, instance: &str, command: &str) {
    let mut body = Object::new().with("CommandId", command.to_owned());
    body.insert("InstanceIds", Json::array([instance.to_owned()]));
    let body = Json::Object(body);
    let call = call::json(session.config(), &SSM, "CancelCommand", &body);
    let cancelled = session.call_anyway("CancelCommand", call).await;
    if let Err(error) = cancelled {
        let cause = error.cause();
        session.io.report(Event::NotCancelled { cause });
    }
}

fn invocation(instance: &str, command: &str) -> Json {
    Json::Object(
        Object::new()
            .with("CommandId", command.to_owned())
            .with("InstanceId", instance.to_owned()),
    )
}
