//! A stack that is new only because it is called otherwise: its name comes from the type's name, so
//! that a renamed type leaves the deployed stack behind.

use vsc_spec::Json;

use crate::aws::cloudformation;
use crate::aws::session::{Session, Stopped};
use crate::cli::stacks::Stacked;
use crate::terminal::Terminal;

/// The output by which a team is known: no two hosts can be reached by one name.
const DASHBOARD: &str = "DashboardUrl";

/// How many stacks are looked at: a hundred in each page.
const PAGES: usize = 20;

/// Warns where another stack of the region serves the same domain.
pub(super) async fn warn(session: &Session, stack: &Stacked) -> Result<(), Stopped> {
    let template = stack.template.to_json();
    let output = ["Outputs", DASHBOARD, "Value"]
        .iter()
        .try_fold(&template, |value, name| value.get(name));
    // Without a domain only the deployed stack knows its address.
    let Some(url) = output.and_then(Json::as_str) else {
        return Ok(());
    };
    let all = match cloudformation::all(session, PAGES).await {
        Ok(all) => all,
        // Who may not list stacks deploys all the same.
        Err(Stopped::Failed(error)) => {
            session
                .terminal
                .detail(&format!("other stacks are not known: {}", error.cause()));
            return Ok(());
        }
        Err(interrupted) => return Err(interrupted),
    };
    let same = all.iter().find(|other| {
        let output = other.output(DASHBOARD);
        other.name != stack.name && output.is_some_and(|output| output.value == url)
    });
    if let Some(other) = same {
        let (old, new) = (&other.name, &stack.name);
        Terminal::warn(&format!(
            "`{new}` is a new stack, and `{old}` serves the same domain: {url}\n= help: if the type was renamed, keep its stack: `stack_name = \"{old}\"`"
        ));
    }
    Ok(())
}
