//! The template of the deployed stack.

use clap::ArgMatches;
use vsc_spec::Json;

use crate::Failure;
use crate::cli::Context;
use crate::cli::stacks::Stacked;

/// The deployed templates of the stacks. A stack that is not deployed is an empty template.
#[cfg(feature = "deploy")]
pub(super) fn templates(
    context: &Context<'_>,
    matches: &ArgMatches,
    stacks: &[Stacked],
) -> Result<Vec<Json>, Failure> {
    use vsc_core::template::Source;
    use vsc_spec::Object;

    use crate::aws::place::Place;
    use crate::aws::session::Session;
    use crate::aws::standing::Standing;
    use crate::aws::{cloudformation, runtime};

    let place = Place::of(matches);
    runtime::block_on(async {
        let mut templates = Vec::new();
        for stack in stacks {
            let name = &stack.name;
            let region = stack.ide.as_ref().and_then(vsc_spec::team::TeamIde::region);
            let session = Session::connect(&place, region, context.terminal).await?;
            let deployed = cloudformation::describe(&session, name).await?;
            let deployed = deployed
                .filter(|stack| !matches!(stack.standing(), Standing::Absent | Standing::Reviewed));
            let Some(deployed) = deployed else {
                context.terminal.note(&format!(
                    "{name} is not deployed in {}: all of it is new",
                    session.region()
                ));
                templates.push(Json::Object(Object::new()));
                continue;
            };
            let text = cloudformation::deployed_template(&session, &deployed.id).await?;
            let source = Source::read(&text).map_err(|error| {
                Failure::Input(format!("the deployed template of {name}:{error}"))
            })?;
            templates.push(source.json().clone());
        }
        Ok(templates)
    })
}

/// Without the AWS SDK it is not known.
#[cfg(not(feature = "deploy"))]
pub(super) fn templates(
    _: &Context<'_>,
    _: &ArgMatches,
    _: &[Stacked],
) -> Result<Vec<Json>, Failure> {
    Err(Failure::Usage(
        "the deployed stack is not known: the crate is built without what talks to AWS\n\
         = help: compare with a file, `--template FILE`, or with an earlier revision, `--revision HEAD`\n\
         = help: or write `features = [\"deploy\"]` to `vsc` in Cargo.toml"
            .to_owned(),
    ))
}
