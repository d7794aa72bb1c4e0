//! Detection of renamed stacks: the stack name derives from the type name, so a renamed type leaves
//! the deployed stack behind.

use vsc_spec::Json;

use crate::assembly::Stack;
use crate::aws::cloudformation;
use crate::aws::io::Event;
use crate::aws::session::{Session, Stopped};

/// The output that identifies a team: no two hosts can have the same domain name.
const DASHBOARD: &str = "DashboardUrl";

/// The maximum number of pages of stacks, of a hundred each.
const PAGES: usize = 20;

/// Warns if another stack of the region serves the same domain.
pub(super) async fn warn(session: &Session, stack: &Stack) -> Result<(), Stopped> {
    let template = &stack.template.json;
    let output = ["Outputs", DASHBOARD, "Value"]
        .iter()
        .try_fold(template, |value, name| value.get(name));
    // Without a domain only the deployed stack knows its URL.
    let Some(url) = output.and_then(Json::as_str) else {
        return Ok(());
    };
    let all = match cloudformation::all(session, PAGES).await {
        Ok(all) => all,
        // Without permission to list stacks the deployment continues.
        Err(Stopped::Failed(error)) => {
            let cause = error.cause();
            session.io.report(Event::StacksNotListed { cause });
            return Ok(());
        }
        Err(interrupted) => return Err(interrupted),
    };
    let same = all.iter().find(|other| {
        let output = other.output(DASHBOARD);
        other.name != stack.name && output.is_some_and(|output| output.value == url)
    });
    if let Some(other) = same {
        session.io.report(Event::Renamed {
            stack: &stack.name,
            other: &other.name,
            url,
        });
    }
    Ok(())
}
