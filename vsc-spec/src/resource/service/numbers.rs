//! Numbers and names that depend on each other in a resource.

use super::super::check::Violation;
use super::View;
use crate::diagnostic::Diagnostic;

/// Checks the period of an alarm: Amazon CloudWatch API Reference, "PutMetricAlarm"; cfn-lint E3615.
pub(super) fn alarm(properties: &View<'_>, found: &mut Vec<Violation>) {
    for period in properties.values("Period") {
        let Some(seconds) = period.number() else {
            continue;
        };
        if seconds > 0 && (matches!(seconds, 10 | 20 | 30) || seconds % 60 == 0) {
            continue;
        }
        let next = (seconds.clamp(0, 86_400) / 60 + 1) * 60;
        let diagnostic = Diagnostic::new(format!("`Period` cannot be `{seconds}`"))
            .note("a period is 10, 20 or 30 seconds, or a multiple of 60")
            .help(format!("for example `Period: {}`", next.min(86_400)));
        found.push(period.value_is(diagnostic));
    }
}

/// Checks the sizes and health checks of a group: cfn-lint E3706 and E3056.
pub(super) fn group(properties: &View<'_>, found: &mut Vec<Violation>) {
    let size = |name: &str| Some((properties.only(name)?, properties.only(name)?.number()?));
    let (least, most, wanted) = (size("MinSize"), size("MaxSize"), size("DesiredCapacity"));
    if let (Some((_, least)), Some((view, most))) = (&least, &most)
        && most < least
    {
        let diagnostic =
            Diagnostic::new(format!("`MaxSize` {most} is less than `MinSize` {least}"))
                .help(format!("write at least `MaxSize: {least}`"));
        found.push(view.value_is(diagnostic));
        return;
    }
    if let Some((view, wanted)) = wanted {
        let least = least.map_or(wanted, |(_, least)| least);
        let most = most.map_or(wanted, |(_, most)| most);
        if !(least..=most).contains(&wanted) {
            let diagnostic = Diagnostic::new(format!("`DesiredCapacity` cannot be {wanted}"))
                .note(format!("`MinSize` and `MaxSize` allow {least} to {most}"))
                .help(format!("for example `DesiredCapacity: {least}`"));
            found.push(view.value_is(diagnostic));
        }
    }
    for kind in properties.values("HealthCheckType") {
        let Some(text) = kind.text() else { continue };
        let kinds: Vec<&str> = text.split(',').map(str::trim).collect();
        if kinds.len() > 1 && kinds.contains(&"EC2") {
            let others: Vec<&str> = kinds.into_iter().filter(|kind| *kind != "EC2").collect();
            let diagnostic = Diagnostic::new("`EC2` cannot be combined with other health checks")
                .note("EC2 health checks are always on")
                .help(format!("write {:?}", others.join(",")));
            found.push(kind.value_is(diagnostic));
        }
    }
}

/// AWS Backup Developer Guide, "Lifecycle and storage tiers"; cfn-lint E3504.
pub(super) fn backup_plan(properties: &View<'_>, found: &mut Vec<Violation>) {
    const SHORTEST: i64 = 90;
    let rules = properties.along(&["BackupPlan", "BackupPlanRule", "*"]);
    let copies = rules
        .iter()
        .flat_map(|rule| rule.along(&["CopyActions", "*"]));
    let lifecycles = rules.iter().cloned().chain(copies);
    for lifecycle in lifecycles.flat_map(|one| one.values("Lifecycle")) {
        let cold = lifecycle
            .only("MoveToColdStorageAfterDays")
            .and_then(|days| days.number());
        let delete = lifecycle.only("DeleteAfterDays");
        let (Some(cold), Some(delete)) = (cold, delete) else {
            continue;
        };
        if delete.number().is_some_and(|days| days - cold < SHORTEST) {
            let diagnostic =
                Diagnostic::new("backups must stay in cold storage for at least 90 days")
                    .note(format!("they move there after {cold} days"))
                    .help(format!(
                        "write at least `DeleteAfterDays: {}`",
                        cold + SHORTEST
                    ));
            found.push(delete.value_is(diagnostic));
        }
    }
}

/// AWS CloudFormation Template Reference, "DomainValidationOption"; cfn-lint E3503.
pub(super) fn certificate(properties: &View<'_>, found: &mut Vec<Violation>) {
    for option in properties.along(&["DomainValidationOptions", "*"]) {
        let domain = option.only("DomainName").and_then(|name| name.text());
        let validation = option.only("ValidationDomain");
        let (Some(domain), Some(validation)) = (domain, validation) else {
            continue;
        };
        let Some(text) = validation.text() else {
            continue;
        };
        if domain != text && !domain.ends_with(&format!(".{text}")) {
            let diagnostic =
                Diagnostic::new(format!("{text:?} is not a superdomain of {domain:?}"))
                    .note("validation emails go to the domain itself or to a parent domain")
                    .help(format!("for example {domain:?}"));
            found.push(validation.value_is(diagnostic));
        }
    }
}

/// AWS CloudFormation Template Reference, "AWS::GuardDuty::Detector"; cfn-lint E3063.
pub(super) fn detector(properties: &View<'_>, found: &mut Vec<Violation>) {
    if let (Some(sources), Some(_)) = (properties.only("DataSources"), properties.only("Features"))
    {
        let diagnostic = Diagnostic::new("`DataSources` conflicts with `Features`")
            .help("keep `Features`, which replaces `DataSources`");
        found.push(sources.name_is(diagnostic));
    }
}

/// Amazon S3 API Reference, "Tiering"; cfn-lint E3061.
pub(super) fn bucket(properties: &View<'_>, found: &mut Vec<Violation>) {
    for tiering in properties.along(&["IntelligentTieringConfigurations", "*", "Tierings", "*"]) {
        let Some(tier) = tiering.text_of("AccessTier") else {
            continue;
        };
        let least = match &*tier {
            "ARCHIVE_ACCESS" => 90,
            "DEEP_ARCHIVE_ACCESS" => 180,
            _ => continue,
        };
        for days in tiering.values("Days") {
            if let Some(number) = days.number().filter(|days| !(least..=730).contains(days)) {
                let diagnostic = Diagnostic::new(format!("`Days` cannot be {number}"))
                    .note(format!("{least} to 730, since `AccessTier` is `{tier}`"))
                    .help(format!("for example `Days: {least}`"));
                found.push(days.value_is(diagnostic));
            }
        }
    }
}
