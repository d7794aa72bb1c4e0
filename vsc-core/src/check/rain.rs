//! Directives that Rain carries out before it deploys: CloudFormation knows none of them.

use vsc_spec::resource::Step;
use vsc_spec::resource::check::is_of_rain;
use vsc_spec::resource::{Place, Refusal, Target};
use vsc_spec::{Finding, Json};

use super::Rule;
use super::report::Report;

pub(super) fn check(template: &Json, report: &mut Report) {
    walk(template, &mut Vec::new(), report);
}

fn walk(value: &Json, path: &mut Vec<Step>, report: &mut Report) {
    match value {
        Json::Object(object) => {
            for (name, value) in object.iter() {
                path.push(Step::Key(name.to_owned().into()));
                if is_of_rain(name) && object.single().is_some() {
                    report.add(Rule::Rain, directive(name, path.clone()));
                } else {
                    walk(value, path, report);
                }
                path.pop();
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(Step::Index(index));
                walk(item, path, report);
                path.pop();
            }
        }
        _ => {}
    }
}

fn directive(name: &str, path: Vec<Step>) -> Refusal {
    let name = name.strip_prefix("Fn::").unwrap_or(name);
    let finding = Finding::new(format!("`{name}` is a directive of Rain"))
        .why("CloudFormation does not know it")
        .help("deploy what `rain pkg` makes of the template");
    let place = Place {
        path,
        target: Target::Key,
    };
    Refusal { place, finding }
}
