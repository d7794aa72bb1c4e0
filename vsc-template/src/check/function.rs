//! Intrinsic functions where no schema describes the value: outputs, and operands of conditions.

use vsc_spec::resource::Dialect;
use vsc_spec::resource::check::check_functions;
use vsc_spec::{Json, Object};

use super::report::Report;
use super::{Lint, lint};

pub(super) fn check(template: &Json, dialect: Dialect, report: &mut Report) {
    let outputs = template.get("Outputs").and_then(Json::as_object);
    for (id, output) in outputs.into_iter().flat_map(Object::iter) {
        for names in [["Value"].as_slice(), &["Export", "Name"]] {
            let value = names.iter().try_fold(output, |value, name| value.get(name));
            let path = [&["Outputs", id], names].concat();
            if let Some(value) = value {
                report.along(&path, |report| {
                    functions(value, dialect, lint::OUTPUT, report);
                });
            }
        }
    }
}

fn functions(value: &Json, dialect: Dialect, lint: Lint, report: &mut Report) {
    for violation in check_functions(value, dialect) {
        report.add(lint, violation);
    }
}
