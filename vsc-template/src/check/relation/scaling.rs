//! Auto Scaling groups, launch templates, and limits on numbers.

use vsc_spec::Diagnostic;

use super::{Found, Resource, ResourceView, Resources, is_true, number};

pub(super) fn check<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    for policy in resources.typed("AWS::AutoScaling::ScalingPolicy") {
        room(resources, policy, found);
    }
    for instance in resources.typed("AWS::EC2::Instance") {
        image(resources, instance, found);
    }
    for group in resources.typed("AWS::ElastiCache::ReplicationGroup") {
        failover(resources, group, found);
    }
    filters(resources, found);
}

/// Amazon EC2 Auto Scaling User Guide, "Target tracking scaling policies"; cfn-lint E3712.
fn room<'a>(resources: &Resources<'a>, policy: &Resource<'a>, found: &mut Found<'a>) {
    if policy.properties.text_of("PolicyType").as_deref() != Some("TargetTrackingScaling") {
        return;
    }
    let Some(name) = policy.properties.only("AutoScalingGroupName") else {
        return;
    };
    let Some(group) = resources.referred(&name, "AWS::AutoScaling::AutoScalingGroup") else {
        return;
    };
    let size = |name: &str| group.properties.only(name)?.number();
    if let (Some(least), Some(most)) = (size("MinSize"), size("MaxSize"))
        && most == least
    {
        let diagnostic = Diagnostic::new(format!("`{}` has no room to scale", group.id))
            .note(format!("its `MinSize` and its `MaxSize` are {least}"))
            .help(format!("write a larger `MaxSize` in `{}`", group.id));
        found.push((policy.id, name.value_is(diagnostic)));
    }
}

/// An instance has an image, or a launch template with one: Amazon EC2 API Reference,
/// "RunInstances"; cfn-lint E3673.
fn image<'a>(resources: &Resources<'a>, instance: &Resource<'a>, found: &mut Found<'a>) {
    let properties = &instance.properties;
    if !properties.lacks("ImageId") {
        return;
    }
    let launch = properties.only("LaunchTemplate");
    let template = launch.as_ref().and_then(|launch| {
        let name = launch
            .only("LaunchTemplateId")
            .or_else(|| launch.only("LaunchTemplateName"));
        resources.referred(&name?, "AWS::EC2::LaunchTemplate")
    });
    let note = match &template {
        None if properties.lacks("LaunchTemplate") => {
            "an instance needs an image, or a launch template with one".to_owned()
        }
        Some(template) if data_lacks(template, "ImageId") => {
            format!("the launch template `{}` has none", template.id)
        }
        _ => return,
    };
    let diagnostic = Diagnostic::new("`AWS::EC2::Instance` needs `ImageId`")
        .note(note)
        .help("add `ImageId: …`");
    found.push((instance.id, properties.name_is(diagnostic)));
}

fn data_lacks(template: &Resource<'_>, name: &str) -> bool {
    let data = template.properties.only("LaunchTemplateData");
    data.is_some_and(|data| data.lacks(name))
}

/// Amazon ElastiCache User Guide, "Cluster mode enabled": it requires automatic failover; cfn-lint E3026.
fn failover<'a>(resources: &Resources<'a>, group: &Resource<'a>, found: &mut Found<'a>) {
    let type_name = "AWS::ElastiCache::ParameterGroup";
    let Some(parameters) = resources.related(group, "CacheParameterGroupName", type_name) else {
        return;
    };
    let settings = parameters
        .properties
        .along(&["Properties", "cluster-enabled"]);
    if !settings
        .iter()
        .any(|setting| setting.text().as_deref() == Some("yes"))
    {
        return;
    }
    let note = format!("`cluster-enabled` is `yes` in `{}`", parameters.id);
    if let Some(failover) = group.properties.only("AutomaticFailoverEnabled")
        && is_true(group, "AutomaticFailoverEnabled") == Some(false)
    {
        let diagnostic = Diagnostic::new("`AutomaticFailoverEnabled` cannot be `false`")
            .note(note.clone())
            .help("write `true`");
        found.push((group.id, failover.value_is(diagnostic)));
    }
    let clusters = group.properties.only("NumCacheClusters");
    if group.properties.lacks("NumNodeGroups")
        && number(group, "NumCacheClusters", 0).is_some_and(|count| count <= 1)
    {
        let diagnostic = Diagnostic::new("a cluster needs several nodes")
            .note(note)
            .help("add `NumNodeGroups`, or write `NumCacheClusters: 2`");
        let violation = match clusters {
            Some(clusters) => clusters.value_is(diagnostic),
            None => group.properties.name_is(diagnostic),
        };
        found.push((group.id, violation));
    }
}

/// Amazon `CloudWatch` Logs User Guide, "Quotas": of a log group; cfn-lint E2529.
fn filters<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    const MOST: usize = 5;
    let filters: Vec<(&Resource<'a>, ResourceView<'a>)> = resources
        .typed("AWS::Logs::SubscriptionFilter")
        .filter(|filter| filter.condition.is_none())
        .filter_map(|filter| Some((filter, filter.properties.only("LogGroupName")?)))
        .collect();
    for (index, (filter, group)) in filters.iter().enumerate() {
        let before = filters[..index].iter();
        if before
            .filter(|(_, other)| other.json() == group.json())
            .count()
            == MOST
        {
            let diagnostic = Diagnostic::new(format!(
                "this log group already has {MOST} subscription filters"
            ))
            .note(format!("a log group has at most {MOST}"))
            .help("remove one of them");
            found.push((filter.id, group.value_is(diagnostic)));
        }
    }
}
