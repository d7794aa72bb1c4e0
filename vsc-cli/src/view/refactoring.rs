//! The plan of a refactoring.

use crate::aws::io::RenamedResource;
use crate::terminal::style::TITLE;
use crate::terminal::table::Table;

/// The renamed resources as a table.
pub(super) fn plan(stack: &str, renamed: &[RenamedResource]) -> String {
    let mut table = Table::new(vec!["OLD", "NEW", "RESOURCE"]);
    for resource in renamed {
        let physical_id = resource.physical_id.clone();
        table.push(vec![
            resource.from.clone(),
            resource.to.clone(),
            physical_id.unwrap_or_default(),
        ]);
    }
    let count = match renamed.len() {
        1 => "1 resource is".to_owned(),
        many => format!("{many} resources are"),
    };
    format!(
        "{TITLE}{stack}{TITLE:#}: {count} renamed, and nothing else is changed\n{}",
        table.to_string().trim_end()
    )
}
