//! Services of ECS and their task definitions: Amazon ECS Developer Guide, "Amazon ECS launch types";
//! cfn-lint E3049, E3052, E3054 and E3713.

use vsc_spec::{Diagnostic, Json, suggest};

use super::{Found, Resource, Resources};

const TASK: &str = "AWS::ECS::TaskDefinition";

pub(super) fn check<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    for service in resources.typed("AWS::ECS::Service") {
        let Some(task) = resources.related(service, "TaskDefinition", TASK) else {
            continue;
        };
        network(service, task, found);
        if service.properties.text_of("LaunchType").as_deref() == Some("FARGATE") {
            fargate(service, task, found);
            log_drivers(service, task, found);
        }
        dynamic_ports(resources, service, task, found);
    }
}

/// Tasks with their own network interface need a subnet.
fn network<'a>(service: &Resource<'a>, task: &Resource<'a>, found: &mut Found<'a>) {
    let mode = task.properties.text_of("NetworkMode");
    if mode.as_deref() == Some("awsvpc") && service.properties.lacks("NetworkConfiguration") {
        let diagnostic = Diagnostic::new("`AWS::ECS::Service` needs `NetworkConfiguration`")
            .note(format!(
                "since the `NetworkMode` of `{}` is `awsvpc`",
                task.id
            ))
            .help("add `NetworkConfiguration: { AwsvpcConfiguration: { Subnets: […] } }`");
        found.push((service.id, service.properties.name_is(diagnostic)));
    }
}

fn fargate<'a>(service: &Resource<'a>, task: &Resource<'a>, found: &mut Found<'a>) {
    let Some(launch) = service.properties.only("LaunchType") else {
        return;
    };
    // Task definitions for `awsvpc` may run on both.
    if task.properties.text_of("NetworkMode").as_deref() == Some("awsvpc")
        || (task.properties.member("NetworkMode").is_some()
            && task.properties.text_of("NetworkMode").is_none())
    {
        return;
    }
    let modes = task.properties.only("RequiresCompatibilities");
    let listed = modes.as_ref().and_then(|modes| modes.json().as_array());
    let lacks = match listed {
        Some(modes) => modes
            .iter()
            .all(|mode| mode.as_str().is_some_and(|mode| mode != "FARGATE")),
        None => task.properties.lacks("RequiresCompatibilities"),
    };
    if lacks {
        let diagnostic = Diagnostic::new(format!("`{}` does not run on Fargate", task.id))
            .note("its `RequiresCompatibilities` lacks `FARGATE`")
            .help(format!(
                "add `RequiresCompatibilities: [\"FARGATE\"]` to `{}`",
                task.id
            ));
        found.push((service.id, launch.value_is(diagnostic)));
    }
}

fn log_drivers<'a>(service: &Resource<'a>, task: &Resource<'a>, found: &mut Found<'a>) {
    const DRIVERS: [&str; 3] = ["awslogs", "splunk", "awsfirelens"];
    let modes = task.properties.only("RequiresCompatibilities");
    let modes = modes.as_ref().and_then(|modes| modes.json().as_array());
    // The task definition is checked by itself.
    if modes.is_some_and(|modes| modes.iter().any(|mode| mode.as_str() == Some("FARGATE"))) {
        return;
    }
    let logs =
        task.properties
            .along(&["ContainerDefinitions", "*", "LogConfiguration", "LogDriver"]);
    let wrong = logs
        .iter()
        .filter_map(super::ResourceView::text)
        .find(|name| !DRIVERS.contains(&&**name));
    if let (Some(name), Some(launch)) = (wrong, service.properties.only("LaunchType")) {
        let diagnostic = Diagnostic::new(format!(
            "`{}` uses the log driver `{name}`, which Fargate does not support",
            task.id
        ))
        .note(format!("allowed: {}", suggest::list(DRIVERS)));
        found.push((service.id, launch.value_is(diagnostic)));
    }
}

/// A container with a dynamic host port is health-checked on that port.
fn dynamic_ports<'a>(
    resources: &Resources<'a>,
    service: &Resource<'a>,
    task: &Resource<'a>,
    found: &mut Found<'a>,
) {
    for balancer in service.properties.along(&["LoadBalancers", "*"]) {
        let Some(group) = balancer.only("TargetGroupArn") else {
            continue;
        };
        let type_name = "AWS::ElasticLoadBalancingV2::TargetGroup";
        let Some(target) = resources.referred(&group, type_name) else {
            continue;
        };
        let name = balancer.text_of("ContainerName");
        let port = balancer.text_of("ContainerPort");
        let (Some(name), Some(port)) = (name, port) else {
            continue;
        };
        let containers = task.properties.along(&["ContainerDefinitions", "*"]);
        let is_dynamic = containers
            .iter()
            .filter(|container| container.text_of("Name").as_ref() == Some(&name))
            .flat_map(|container| container.along(&["PortMappings", "*"]))
            .any(|mapping| {
                mapping.text_of("ContainerPort").as_ref() == Some(&port)
                    && mapping
                        .only("HostPort")
                        .is_some_and(|host| host.number() == Some(0))
            });
        let health = target.properties.only("HealthCheckPort");
        let is_fixed = match &health {
            None => target.properties.lacks("HealthCheckPort"),
            Some(port) => {
                matches!(port.json(), Json::Integer(_) | Json::String(_))
                    && port.text().as_deref() != Some("traffic-port")
            }
        };
        if is_dynamic && is_fixed && health.is_some() {
            let diagnostic = Diagnostic::new(format!(
                "`{}` checks a port that the container does not have",
                target.id
            ))
            .note("with `HostPort: 0` each container gets a dynamic host port")
            .help(format!(
                "write `HealthCheckPort: \"traffic-port\"` in `{}`",
                target.id
            ));
            found.push((service.id, group.value_is(diagnostic)));
        }
    }
}
