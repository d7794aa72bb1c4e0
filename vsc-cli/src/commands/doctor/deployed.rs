//! The account, for each stack.

use clap::ArgMatches;

use super::Section;
use super::account::Account;
use crate::Failure;
use crate::aws::parameters::{ParameterFile, beside_the_crate};
use crate::aws::place::Place;
use crate::aws::runtime;
use crate::aws::session::Session;
use crate::cli::Context;
use crate::cli::stacks::Declared;

pub(super) fn checks(
    context: &Context<'_>,
    matches: &ArgMatches,
    selected: &[Declared],
) -> Result<Vec<Section>, Failure> {
    let place = Place::of(matches);
    runtime::block_on(async {
        let mut sections = Vec::new();
        for stack in selected {
            let region = stack.ide().and_then(vsc_spec::team::TeamIde::region);
            let session = Session::connect(&place, region, context.terminal).await?;
            let answers = ParameterFile::read_if_there(beside_the_crate(stack.name()))?;
            let account = Account {
                session: &session,
                answers: answers.values(),
            };
            let identity = account.identity().await;
            let mut checks = vec![identity];
            if !checks.iter().any(super::Check::is_bad) {
                checks.extend(account.stack_of(stack).await);
            }
            sections.push(Section {
                title: stack.name().to_owned(),
                checks,
            });
        }
        Ok(sections)
    })
}
