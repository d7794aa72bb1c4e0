//! Task definitions: Amazon ECS Developer Guide, "Task definition parameters"; cfn-lint E3042,
//! E3046, E3047, E3048 and E3053.

use super::super::check::{Violation, ViolationKind};
use super::View;
use crate::cloudformation::has_function_prefix;
use crate::diagnostic::Diagnostic;
use crate::suggest;

/// Checks a task definition.
pub(super) fn task_definition(properties: &View<'_>, found: &mut Vec<Violation>) {
    let is_awsvpc = properties.text_of("NetworkMode").as_deref() == Some("awsvpc");
    let containers = properties.along(&["ContainerDefinitions", "*"]);
    let fargate = is_fargate(properties);
    essential(properties, found);
    for container in &containers {
        if is_awsvpc || fargate {
            ports(container, found);
        }
        for log in container.values("LogConfiguration") {
            awslogs(&log, found);
            if fargate {
                log_driver(&log, found);
            }
        }
    }
    if fargate {
        on_fargate(properties, found);
    }
}

fn is_fargate(properties: &View<'_>) -> bool {
    let modes = properties.only("RequiresCompatibilities");
    let modes = modes.as_ref().and_then(|modes| modes.json().as_array());
    modes.is_some_and(|modes| modes.iter().any(|mode| mode.as_str() == Some("FARGATE")))
}

fn essential(properties: &View<'_>, found: &mut Vec<Violation>) {
    for list in properties.values("ContainerDefinitions") {
        let containers = list.items();
        let optional = |container: &View<'_>| {
            let essential = container.only("Essential");
            essential.is_some_and(|essential| essential.boolean() == Some(false))
        };
        if list.json().as_array().is_some()
            && !containers.is_empty()
            && containers.iter().all(optional)
        {
            let diagnostic = Diagnostic::new("no container of the task is essential")
                .note("the task runs as long as its essential containers do")
                .help("write `Essential: true` in one of them, or remove it");
            found.push(list.name_is(diagnostic));
        }
    }
}

/// Checks host ports: with `awsvpc`, they are the container ports.
fn ports(container: &View<'_>, found: &mut Vec<Violation>) {
    for mapping in container.along(&["PortMappings", "*"]) {
        let (Some(host), Some(inner)) = (mapping.only("HostPort"), mapping.only("ContainerPort"))
        else {
            continue;
        };
        if let (Some(port), Some(expected)) = (host.number(), inner.number())
            && port != expected
        {
            let diagnostic = Diagnostic::new(format!("`HostPort` cannot be {port}"))
                .note(format!(
                    "with `awsvpc`, it must equal the `ContainerPort`, {expected}"
                ))
                .help("remove `HostPort`");
            found.push(host.value_is(diagnostic));
        }
    }
}

/// Options of the driver: Amazon ECS Developer Guide, "Using the awslogs log driver".
const AWSLOGS: [&str; 8] = [
    "awslogs-create-group",
    "awslogs-datetime-format",
    "awslogs-group",
    "awslogs-multiline-pattern",
    "awslogs-region",
    "awslogs-stream-prefix",
    "max-buffer-size",
    "mode",
];

fn awslogs(log: &View<'_>, found: &mut Vec<Violation>) {
    if log.text_of("LogDriver").as_deref() != Some("awslogs") {
        return;
    }
    let note = "since `LogDriver` is `awslogs`";
    if log.lacks("Options") {
        let diagnostic = Diagnostic::new("`LogConfiguration` needs `Options`")
            .note(note)
            .help("add `Options: { \"awslogs-group\": \"…\", \"awslogs-region\": \"…\" }`");
        return found.push(log.name_is(diagnostic));
    }
    for options in log.values("Options") {
        let members = options.members();
        for (name, option) in &members {
            if !AWSLOGS.contains(name) && !has_function_prefix(name) {
                let diagnostic = Diagnostic::new(format!("`awslogs` has no option `{name}`"))
                    .note(format!("it has {}", suggest::list(AWSLOGS)))
                    .maybe_help(suggest::did_you_mean(name, AWSLOGS));
                found.push(option.name_is(diagnostic));
            }
        }
        for name in ["awslogs-group", "awslogs-region"] {
            let meant = members.iter().any(|(given, _)| {
                !AWSLOGS.contains(given) && suggest::nearest(given, AWSLOGS) == Some(name)
            });
            if options.lacks(name) && !meant {
                let diagnostic = Diagnostic::new(format!("`Options` needs `{name}`"))
                    .note(note)
                    .help(format!("add `\"{name}\": …`"));
                found.push(options.name_is(diagnostic));
            }
        }
    }
}

/// Amazon ECS Developer Guide, "Fargate task definition considerations: Logging".
fn log_driver(log: &View<'_>, found: &mut Vec<Violation>) {
    const DRIVERS: [&str; 3] = ["awslogs", "splunk", "awsfirelens"];
    for driver in log.values("LogDriver") {
        if let Some(name) = driver.text().filter(|name| !DRIVERS.contains(&&**name)) {
            let diagnostic = Diagnostic::new(format!("`LogDriver` cannot be `{name}` on Fargate"))
                .note(format!("allowed: {}", suggest::list(DRIVERS)))
                .maybe_help(suggest::did_you_mean(&name, DRIVERS));
            found.push(driver.value_is(diagnostic));
        }
    }
}

fn on_fargate(properties: &View<'_>, found: &mut Vec<Violation>) {
    for name in ["Cpu", "Memory", "NetworkMode"] {
        if properties.lacks(name) {
            let example = match name {
                "Cpu" => "\"256\"",
                "Memory" => "\"512\"",
                _ => "\"awsvpc\"",
            };
            let diagnostic = Diagnostic::new(format!("`AWS::ECS::TaskDefinition` needs `{name}`"))
                .note("since `RequiresCompatibilities` has `FARGATE`")
                .help(format!("add `{name}: {example}`"));
            found.push(
                properties
                    .name_is(diagnostic)
                    .of_kind(ViolationKind::Missing),
            );
        }
    }
    if let Some(placement) = properties.only("PlacementConstraints") {
        let diagnostic = Diagnostic::new("`PlacementConstraints` is not allowed here")
            .note("Fargate places tasks itself")
            .help("remove it");
        found.push(placement.name_is(diagnostic));
    }
    for mode in properties.values("NetworkMode") {
        if mode.text().is_some_and(|mode| mode != "awsvpc") {
            let diagnostic = Diagnostic::new("`NetworkMode` must be `awsvpc` on Fargate")
                .note("since `RequiresCompatibilities` has `FARGATE`")
                .help("write `NetworkMode: \"awsvpc\"`");
            found.push(mode.value_is(diagnostic));
        }
    }
    size(properties, found);
}

/// CPU units, and the MiB of memory that they allow: the least, the most, and the steps between.
const SIZES: [(i64, i64, i64, i64); 8] = [
    (256, 512, 2048, 512),
    (512, 1024, 4096, 1024),
    (1024, 2048, 8192, 1024),
    (2048, 4096, 16_384, 1024),
    (4096, 8192, 30_720, 1024),
    (8192, 16_384, 61_440, 4096),
    (16_384, 32_768, 122_880, 8192),
    (32_768, 61_440, 249_856, 1024),
];

/// Amazon ECS Developer Guide, "Fargate task definition considerations: Task CPU and memory".
fn size(properties: &View<'_>, found: &mut Vec<Violation>) {
    let (Some(cpu), memory) = (properties.only("Cpu"), properties.only("Memory")) else {
        return;
    };
    let Some(units) = cpu.text().and_then(|text| amount(&text, "vcpu")) else {
        return;
    };
    let Some((_, least, most, step)) = SIZES.into_iter().find(|(known, ..)| *known == units) else {
        let sizes = SIZES.map(|(units, ..)| units.to_string());
        let diagnostic = Diagnostic::new(format!(
            "`Cpu` cannot be `{}` on Fargate",
            cpu.text().unwrap_or_default()
        ))
        .note(format!(
            "allowed: {}",
            suggest::list(sizes.iter().map(String::as_str))
        ));
        return found.push(cpu.value_is(diagnostic));
    };
    let Some(memory) = memory else { return };
    let Some(mib) = memory.text().and_then(|text| amount(&text, "gb")) else {
        return;
    };
    if !fits(units, mib) {
        let choices = match units {
            256 => "512, 1024 or 2048".to_owned(),
            32_768 => "61440, 122880 or 249856".to_owned(),
            _ => format!("{least} to {most} in steps of {step}"),
        };
        let diagnostic = Diagnostic::new(format!(
            "{units} CPU units cannot have {mib} MiB of memory on Fargate"
        ))
        .note(format!(
            "with `Cpu: \"{units}\"`, `Memory` must be {choices}"
        ))
        .help(format!("for example `Memory: \"{}\"`", nearest(units, mib)));
        found.push(memory.value_is(diagnostic));
    }
}

fn fits(units: i64, mib: i64) -> bool {
    let size = SIZES.into_iter().find(|(known, ..)| *known == units);
    size.is_some_and(|(_, least, most, step)| match units {
        256 => matches!(mib, 512 | 1024 | 2048),
        32_768 => matches!(mib, 61_440 | 122_880 | 249_856),
        _ => (least..=most).contains(&mib) && mib % step == 0,
    })
}

/// The least valid memory that is enough, or else the most.
fn nearest(units: i64, mib: i64) -> i64 {
    let size = SIZES.into_iter().find(|(known, ..)| *known == units);
    let (_, least, most, _) = size.unwrap_or(SIZES[0]);
    (least..=most)
        .step_by(512)
        .find(|size| *size >= mib && fits(units, *size))
        .unwrap_or(most)
}

/// A number, or one with a unit of 1024: `.5 vCPU` and `2 GB`. `None` if it is neither, which the
/// schema reports.
fn amount(text: &str, unit: &str) -> Option<i64> {
    let text = text.trim().to_ascii_lowercase();
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let number: f64 = text.strip_suffix(unit)?.trim_end().parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an amount that is far too large does not fit either way"
    )]
    Some((number * 1024.0) as i64)
}
