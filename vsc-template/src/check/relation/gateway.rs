//! Parts of the same API: AWS CloudFormation Template Reference, "AWS::ApiGateway::Method" and
//! "AWS::ApiGateway::Stage"; cfn-lint E3698, E3699, E3708 and E3711.

use vsc_spec::Diagnostic;

use super::{Found, Resource, Resources, target};

pub(super) fn check<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    for stage in resources.typed("AWS::ApiGateway::Stage") {
        same_api(
            resources,
            stage,
            "DeploymentId",
            "AWS::ApiGateway::Deployment",
            found,
        );
    }
    for method in resources.typed("AWS::ApiGateway::Method") {
        same_api(
            resources,
            method,
            "AuthorizerId",
            "AWS::ApiGateway::Authorizer",
            found,
        );
        authorization(resources, method, found);
    }
    for rule in resources.typed("AWS::ElasticLoadBalancingV2::ListenerRule") {
        protocol(resources, rule, found);
    }
}

fn same_api<'a>(
    resources: &Resources<'a>,
    resource: &Resource<'a>,
    name: &str,
    type_name: &str,
    found: &mut Found<'a>,
) {
    let Some(value) = resource.properties.only(name) else {
        return;
    };
    let Some(other) = resources.referred(&value, type_name) else {
        return;
    };
    let api = |resource: &Resource<'a>| target(&resource.properties.only("RestApiId")?);
    let (Some(own), Some(others)) = (api(resource), api(other)) else {
        return;
    };
    if own != others {
        let diagnostic = Diagnostic::new(format!("`{}` belongs to another API", other.id))
            .note(format!(
                "it belongs to `{others}`, but this resource to `{own}`"
            ))
            .help(format!(
                "write `RestApiId: {{ Ref: \"{own}\" }}` in `{}`",
                other.id
            ));
        found.push((resource.id, value.value_is(diagnostic)));
    }
}

fn authorization<'a>(resources: &Resources<'a>, method: &Resource<'a>, found: &mut Found<'a>) {
    let authorizer = resources.related(method, "AuthorizerId", "AWS::ApiGateway::Authorizer");
    let kind = method.properties.only("AuthorizationType");
    let (Some(authorizer), Some(kind)) = (authorizer, kind) else {
        return;
    };
    let (Some(given), Some(of)) = (kind.text(), authorizer.properties.text_of("Type")) else {
        return;
    };
    let expected = match &*of {
        "TOKEN" | "REQUEST" => "CUSTOM",
        "COGNITO_USER_POOLS" => "COGNITO_USER_POOLS",
        _ => return,
    };
    if given != expected && matches!(&*given, "CUSTOM" | "COGNITO_USER_POOLS") {
        let diagnostic = Diagnostic::new(format!("`AuthorizationType` cannot be `{given}`"))
            .note(format!("the `Type` of `{}` is `{of}`", authorizer.id))
            .help(format!("write `AuthorizationType: \"{expected}\"`"));
        found.push((method.id, kind.value_is(diagnostic)));
    }
}

/// Elastic Load Balancing, Gateway Load Balancers: their target groups have no rules.
fn protocol<'a>(resources: &Resources<'a>, rule: &Resource<'a>, found: &mut Found<'a>) {
    for group in rule.properties.along(&["Actions", "*", "TargetGroupArn"]) {
        let type_name = "AWS::ElasticLoadBalancingV2::TargetGroup";
        let Some(of) = resources.referred(&group, type_name) else {
            continue;
        };
        if of.properties.text_of("Protocol").as_deref() == Some("GENEVE") {
            let diagnostic = Diagnostic::new(format!(
                "`{}` is a target group of a Gateway Load Balancer",
                of.id
            ))
            .note("listener rules cannot forward to target groups with the protocol `GENEVE`")
            .help("use another target group");
            found.push((rule.id, group.value_is(diagnostic)));
        }
    }
}
