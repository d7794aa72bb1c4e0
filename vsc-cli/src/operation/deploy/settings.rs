//! The parameter values of a deployment.

use super::filled::Filled;
use super::homes::Plan;
use super::{InitialState, Options};
use crate::Failure;
use crate::aws::cloudformation;
use crate::aws::io::Event;
use crate::aws::parameters::{self, Origin, ParameterFile, Previous, Setting, Sources};
use crate::aws::session::Session;
use crate::text::shown;

/// The values of the parameters: given, saved, previous, default, or asked for.
pub(super) async fn settings(
    session: &Session,
    plan: &Plan<'_>,
    initial: &InitialState,
    options: &Options,
) -> Result<Vec<(String, Setting, Origin)>, Failure> {
    let stack = plan.stack.as_ref();
    let filled = Filled {
        session,
        stack,
        initial,
        options,
        moves: plan.moves.as_ref(),
    };
    let declared = parameters::declared(&stack.template.json);
    let mut remembered = ParameterFile::read_if_there(parameters::of_answers(stack))?;
    let file = options
        .parameters_file
        .clone()
        .map(ParameterFile::read)
        .transpose()?;
    let previous = match &initial.before {
        Some(before) => Previous {
            values: before.parameters.clone(),
            defaults: cloudformation::deployed_defaults(session, &before.id).await?,
        },
        None => Previous::default(),
    };
    let sources = Sources {
        arguments: options.arguments.clone(),
        file_name: file
            .as_ref()
            .map(|file| shown(file.path()))
            .unwrap_or_default(),
        file_previous: file
            .as_ref()
            .map(|file| file.previous().clone())
            .unwrap_or_default(),
        file: file.map(|file| file.values().clone()).unwrap_or_default(),
        remembered: remembered.values().clone(),
        remembered_name: shown(remembered.path()),
        previous,
    };
    let mut resolved = parameters::resolve(&declared, &sources);
    if !resolved.rejected.is_empty() {
        return Err(Failure::rejected(stack.name.clone(), resolved.rejected));
    }
    resolved
        .missing
        .retain(|parameter| !filled.fills(&parameter.name));
    let answers = parameters::ask(session, &stack.name, &resolved.missing).await?;
    let is_secret = |name: &str| {
        let mut declared = declared.iter();
        declared.any(|parameter| parameter.name == name && parameter.is_secret)
    };
    let mut has_new = false;
    for (name, value) in answers {
        if !is_secret(&name) {
            remembered.set(&name, &value);
            has_new = true;
        }
        resolved
            .settings
            .push((name, Setting::Value(value), Origin::Answer));
    }
    if has_new {
        // The deployment continues even if the answers cannot be saved.
        match remembered.write() {
            Ok(()) => session.io.report(Event::AnswersSaved {
                file: &shown(remembered.path()),
            }),
            Err(failure) if failure.is_interruption() => return Err(failure),
            Err(failure) => session
                .io
                .report(Event::AnswersNotSaved { failure: &failure }),
        }
    }
    filled.fill(&mut resolved.settings).await?;
    for (name, setting, origin) in &resolved.settings {
        let value = match setting {
            Setting::Value(value) if !is_secret(name) => Some(value.as_str()),
            _ => None,
        };
        session.io.report(Event::Parameter {
            name,
            value,
            origin: *origin,
        });
    }
    Ok(resolved.settings)
}
