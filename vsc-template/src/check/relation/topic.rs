//! Topics and their subscriptions.

use vsc_spec::Diagnostic;
use vsc_spec::cloudformation::IntrinsicFunction;

use super::{Found, Resource, ResourceView, Resources};

/// The protocols whose endpoint is an ARN, with their resource types: Amazon SNS API Reference,
/// "Subscribe".
const RECEIVERS: [(&str, &str, &str); 3] = [
    (
        "firehose",
        "AWS::KinesisFirehose::DeliveryStream",
        "the name of the stream",
    ),
    (
        "lambda",
        "AWS::Lambda::Function",
        "the name of the function",
    ),
    ("sqs", "AWS::SQS::Queue", "the URL of the queue"),
];

pub(super) fn check<'a>(resources: &Resources<'a>, found: &mut Found<'a>) {
    for subscription in resources.typed("AWS::SNS::Subscription") {
        endpoint(resources, subscription, &subscription.properties, found);
    }
    for topic in resources.typed("AWS::SNS::Topic") {
        for one in topic.properties.along(&["Subscription", "*"]) {
            endpoint(resources, topic, &one, found);
        }
    }
}

fn endpoint<'a>(
    resources: &Resources<'a>,
    holder: &Resource<'a>,
    subscription: &ResourceView<'a>,
    found: &mut Found<'a>,
) {
    let protocol = subscription.text_of("Protocol");
    let receiver = RECEIVERS
        .iter()
        .find(|(known, ..)| Some(*known) == protocol.as_deref());
    let Some((protocol, type_name, gives)) = receiver else {
        return;
    };
    for endpoint in subscription.values("Endpoint") {
        let Some((IntrinsicFunction::Ref, _)) = endpoint.json().function() else {
            continue;
        };
        if let Some(target) = resources.referred(&endpoint, type_name) {
            let diagnostic = Diagnostic::new(format!(
                "the endpoint of `{protocol}` is an ARN, but `Ref` returns {gives}"
            ))
            .help(format!("write `!GetAtt {}.Arn`", target.id));
            found.push((holder.id, endpoint.value_is(diagnostic)));
        }
    }
}
