//! Errors of services beyond their schemas: each input with its errors.

use vsc_spec::document::{DocumentNode, DocumentValue, ReadOptions, YamlSchema};
use vsc_spec::json::{Json, Object};
use vsc_spec::resource;
use vsc_spec::resource::service;

fn json(node: &DocumentNode) -> Json {
    match &node.value {
        DocumentValue::Null | DocumentValue::Other(_) => Json::Null,
        DocumentValue::Bool(value) => Json::Bool(*value),
        DocumentValue::Integer(value) => Json::Integer(*value),
        DocumentValue::Number(value) => Json::Number(*value),
        DocumentValue::Text(text) => Json::from(text.clone()),
        DocumentValue::List(items) => Json::Array(items.iter().map(json).collect()),
        DocumentValue::Table(entries) => Json::Object(
            entries
                .iter()
                .map(|entry| (entry.name.clone(), json(&entry.value)))
                .collect::<Object>(),
        ),
    }
}

/// Properties in YAML with braces.
fn properties(text: &str) -> Json {
    let format = ReadOptions {
        subject: "test",
        deepest: 64,
        schema: YamlSchema::Core,
        repeated: None,
    };
    let node = vsc_yaml::read(&format!("{{{text}}}"), &format).expect("it is YAML");
    json(&node)
}

/// The messages of the errors.
fn wrong(type_name: &str, text: &str) -> Vec<String> {
    let resource = resource::find(type_name).expect("the type exists");
    let violations = resource.check(&properties(text)).into_iter();
    violations
        .map(|violation| violation.diagnostic.message)
        .collect()
}

/// The errors, with notes and help.
fn reported(type_name: &str, text: &str) -> Vec<String> {
    let resource = resource::find(type_name).expect("the type exists");
    let violations = resource.check(&properties(text)).into_iter();
    violations
        .map(|violation| violation.diagnostic.to_string())
        .collect()
}

fn record(kind: &str, value: &str) -> Vec<String> {
    let text = format!(
        "Name: a.example.com., HostedZoneId: Z0123456789, TTL: '60', Type: {kind}, ResourceRecords: [{value}]"
    );
    wrong("AWS::Route53::RecordSet", &text)
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn records_have_values_of_their_type() {
    let right = [
        ("A", "192.0.2.44, {Ref: Address}"),
        ("AAAA", "'2001:db8::1', '::ffff:192.0.2.1'"),
        ("CNAME", "www.example.com"),
        ("CNAME", "_x.acm-validations.aws."),
        ("MX", "10 mail.example.com."),
        ("MX", "65535 mail.example.com, 60001 mail.example.com"),
        ("SRV", "10 5 443 server.example.com"),
        (
            "CAA",
            r#"'0 issue "letsencrypt.org"', '128 iodef "mailto:a@b.c"'"#,
        ),
        (
            "TXT",
            r#"'"v=spf1 -all"', '"one" "two"', '"a \"b\" c"', '""'"#,
        ),
        ("NS", "ns-1.awsdns-1.com."),
    ];
    for (kind, value) in right {
        assert_eq!(record(kind, value), [""; 0], "{kind} {value}");
    }
    let not_right = [
        (
            "A",
            "256.0.0.1",
            "\"256.0.0.1\" is not a valid IPv4 address",
        ),
        (
            "A",
            "'2001:db8::1'",
            "\"2001:db8::1\" is not a valid IPv4 address",
        ),
        (
            "A",
            "'10.0.0.1 '",
            "\"10.0.0.1 \" is not a valid IPv4 address",
        ),
        (
            "A",
            "a.example.com",
            "\"a.example.com\" is not a valid IPv4 address",
        ),
        (
            "AAAA",
            "127.0.0.1",
            "\"127.0.0.1\" is not a valid IPv6 address",
        ),
        (
            "AAAA",
            "'1:2:3::4::5'",
            "\"1:2:3::4::5\" is not a valid IPv6 address",
        ),
        (
            "CNAME",
            "a.example.com, b.example.com",
            "a `CNAME` record has one value, not 2",
        ),
        (
            "CNAME",
            "my domain",
            "\"my domain\" is not a valid domain name",
        ),
        (
            "MX",
            "mail.example.com",
            "\"mail.example.com\" is not a valid `MX` record",
        ),
        (
            "MX",
            "65536 mail.example.com",
            "\"65536 mail.example.com\" is not a valid `MX` record",
        ),
        (
            "SRV",
            "10 443 a.example.com",
            "\"10 443 a.example.com\" is not a valid `SRV` record",
        ),
        (
            "CAA",
            "0 issue amazon.com",
            "\"0 issue amazon.com\" is not a valid `CAA` record",
        ),
        (
            "CAA",
            r#"'1 issue "amazon.com"'"#,
            "\"1 issue \\\"amazon.com\\\"\" is not a valid `CAA` record",
        ),
        (
            "TXT",
            "v=spf1 -all",
            "the value of a `TXT` record is not quoted",
        ),
        ("TXT", "'\"a\" b'", "\"b\" is outside the quotes"),
        ("TXT", "'\"a'", "a quote in the `TXT` record is not closed"),
    ];
    for (kind, value, message) in not_right {
        assert_eq!(record(kind, value), [message], "{kind} {value}");
    }
    let long = format!("'\"{}\"'", "a".repeat(256));
    assert_eq!(
        record("TXT", &long),
        ["a string of the `TXT` record has 256 characters"]
    );
}

#[test]
fn the_help_about_a_record_suggests_the_type() {
    let reported = |kind: &str, value: &str| {
        let text = format!(
            "Name: a, HostedZoneId: Z0123456789, TTL: '60', Type: {kind}, ResourceRecords: [{value}]"
        );
        reported("AWS::Route53::RecordSet", &text)
    };
    assert_eq!(
        reported("A", "'2001:db8::1'"),
        [
            "\"2001:db8::1\" is not a valid IPv4 address\nan `A` record has IPv4 addresses\n\
          = help: write `Type: \"AAAA\"` for IPv6 addresses"
        ]
    );
    assert_eq!(
        reported("TXT", "v=spf1 -all"),
        ["the value of a `TXT` record is not quoted\n\
          a `TXT` record has strings in double quotes, each of at most 255 characters\n\
          = help: write \"\\\"v=spf1 -all\\\"\""]
    );
}

#[test]
fn records_of_a_group_and_in_branches_are_checked() {
    let text = "HostedZoneId: Z0123456789, RecordSets: [{Name: a, Type: A, TTL: '1', ResourceRecords: {'Fn::If': [C, [1.2.3.4], [x]]}}]";
    assert_eq!(
        wrong("AWS::Route53::RecordSetGroup", text),
        ["\"x\" is not a valid IPv4 address"]
    );
    let zone = |name: &str, zone: &str| {
        let text = format!(
            "Name: {name}, HostedZoneName: {zone}, Type: A, TTL: '1', ResourceRecords: [192.0.2.1]"
        );
        wrong("AWS::Route53::RecordSet", &text)
    };
    assert_eq!(zone("a.example.com", "example.com."), [""; 0]);
    assert_eq!(
        zone("a.example.com", "example.com"),
        ["`HostedZoneName` \"example.com\" does not end with a dot"]
    );
    assert_eq!(
        zone("a.example.org", "example.com."),
        ["\"a.example.org\" is not in the zone \"example.com.\""]
    );
}

fn function(text: &str) -> Vec<String> {
    let text = format!("Role: 'arn:aws:iam::123456789012:role/r', {text}");
    wrong("AWS::Lambda::Function", &text)
}

#[test]
fn runtimes_must_not_be_blocked() {
    let with = |runtime: &str| {
        function(&format!(
            "Handler: a.b, Runtime: {runtime}, Code: {{S3Bucket: bucket, S3Key: key}}"
        ))
    };
    for runtime in [
        "python3.13",
        "nodejs22.x",
        "provided.al2023",
        "java21",
        "python3.9",
        "{Ref: R}",
    ] {
        assert_eq!(with(runtime), [""; 0], "{runtime}");
    }
    for runtime in [
        "python3.6",
        "nodejs12.x",
        "go1.x",
        "dotnetcore3.1",
        "ruby2.5",
        "python2.7",
        "java8",
    ] {
        assert_eq!(
            with(runtime),
            [format!(
                "functions can no longer be created with `{runtime}`"
            )]
        );
    }
    let advice = |runtime: &str| {
        let advice = service::advise(
            "AWS::Lambda::Function",
            &properties(&format!("Runtime: {runtime}")),
        );
        let words = advice
            .into_iter()
            .map(|(_, violation)| violation.diagnostic.message);
        words.collect::<Vec<_>>()
    };
    assert_eq!(
        advice("python3.8"),
        ["the runtime `python3.8` is deprecated"]
    );
    assert_eq!(advice("python3.13"), [""; 0]);
    assert_eq!(advice("python3.6"), [""; 0]);
}

#[test]
fn zipped_functions_have_a_handler_and_a_runtime() {
    let needs = |name: &str| format!("`AWS::Lambda::Function` needs `{name}`");
    assert_eq!(
        function("Runtime: python3.13, Code: {ZipFile: x}"),
        [needs("Handler")]
    );
    assert_eq!(
        function("Handler: a.b, Code: {ZipFile: x}"),
        [needs("Runtime")]
    );
    assert_eq!(
        function("Code: {S3Bucket: bucket, S3Key: key}"),
        [needs("Handler"), needs("Runtime")]
    );
    assert_eq!(
        function("PackageType: Image, Code: {ImageUri: 1.dkr/x}"),
        [""; 0]
    );
    assert_eq!(function("Code: {ImageUri: 1.dkr/x}"), [""; 0]);
    assert_eq!(
        function("Handler: a.b, Runtime: java21, Code: {ZipFile: x}"),
        ["`java21` does not support inline code"]
    );
}

#[test]
fn reserved_environment_variables_are_errors() {
    let with = |variables: &str| {
        function(&format!(
            "Handler: a.b, Runtime: python3.13, Code: {{ZipFile: x}}, Environment: {{Variables: {{{variables}}}}}"
        ))
    };
    assert_eq!(
        with("STAGE: test, AWS_NODEJS_CONNECTION_REUSE_ENABLED: '1'"),
        [""; 0]
    );
    assert_eq!(
        with("AWS_REGION: x, STAGE: y"),
        ["the environment variable `AWS_REGION` is reserved"]
    );
    let long = format!("AB: '{}'", "x".repeat(4095));
    assert_eq!(with(&long), ["the environment variables have 4097 bytes"]);
}

#[test]
fn snap_start_needs_a_supported_runtime() {
    let with = |runtime: &str| {
        function(&format!(
            "Handler: a, Runtime: {runtime}, Code: {{S3Bucket: bucket, S3Key: k}}, SnapStart: {{ApplyOn: PublishedVersions}}"
        ))
    };
    assert_eq!(with("java21"), [""; 0]);
    assert_eq!(
        with("nodejs22.x"),
        ["`nodejs22.x` does not support SnapStart"]
    );
}

#[test]
fn large_batches_of_a_queue_need_a_window() {
    let with = |queue: &str, text: &str| {
        let text = format!(
            "FunctionName: f, EventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:{queue}', {text}"
        );
        wrong("AWS::Lambda::EventSourceMapping", &text)
    };
    assert_eq!(with("jobs", "BatchSize: 10"), [""; 0]);
    assert_eq!(
        with("jobs", "BatchSize: 100, MaximumBatchingWindowInSeconds: 5"),
        [""; 0]
    );
    assert_eq!(
        with("jobs", "BatchSize: 100"),
        ["`BatchSize: 100` needs a batching window"]
    );
    assert_eq!(
        with("jobs", "BatchSize: 100, MaximumBatchingWindowInSeconds: 0"),
        ["`BatchSize: 100` needs a batching window"]
    );
    assert_eq!(
        with("jobs.fifo", "BatchSize: 11"),
        ["`BatchSize` cannot be 11"]
    );
}

#[test]
fn keys_of_a_table_are_defined() {
    let table = |attributes: &str, keys: &str, more: &str| {
        let list = |names: &str, kind: &str, values: &[&str]| {
            let items = names.split_whitespace().zip(values.iter().cycle());
            let items =
                items.map(|(name, value)| format!("{{AttributeName: {name}, {kind}: {value}}}"));
            items.collect::<Vec<_>>().join(", ")
        };
        let text = format!(
            "BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [{}], KeySchema: [{}]{more}",
            list(attributes, "AttributeType", &["S"]),
            list(keys, "KeyType", &["HASH", "RANGE"]),
        );
        wrong("AWS::DynamoDB::Table", &text)
    };
    assert_eq!(table("id", "id", ""), [""; 0]);
    assert_eq!(table("id at", "id at", ""), [""; 0]);
    assert_eq!(
        table("id", "idd", ""),
        ["the key \"idd\" is not a defined attribute"]
    );
    assert_eq!(
        table("id name", "id", ""),
        ["the attribute \"name\" is not a key"]
    );
    let index = ", GlobalSecondaryIndexes: [{IndexName: names, KeySchema: [{AttributeName: name, KeyType: HASH}], Projection: {ProjectionType: ALL}}]";
    assert_eq!(table("id name", "id", index), [""; 0]);
    assert_eq!(
        table("id", "id", index),
        ["the key \"name\" is not a defined attribute"]
    );
    assert_eq!(table("id {\"Ref\":A}", "id", ""), [""; 0]);
    assert_eq!(
        table(
            "id name",
            "id",
            ", GlobalSecondaryIndexes: {'Fn::If': [A, {Ref: B}, {Ref: C}]}"
        ),
        [""; 0]
    );
}

#[test]
fn schedules_are_rates_or_cron_expressions() {
    let rule = |text: &str| {
        wrong(
            "AWS::Events::Rule",
            &format!("ScheduleExpression: '{text}'"),
        )
    };
    let right = [
        "rate(1 minute)",
        "rate(5 minutes)",
        "rate(7 days)",
        "cron(0 12 * * ? *)",
        "cron(0/15 8-17 ? * MON-FRI *)",
        "cron(0 10 ? * 6L 2025-2030)",
        "cron(0 8 1 * ? *)",
        "cron(0 9 ? * 2#1 *)",
        "cron(5,35 14 * * ? *)",
        "cron(0 0 L JAN,jun ? *)",
        "cron(0 0 3W * ? *)",
    ];
    for text in right {
        assert_eq!(rule(text), [""; 0], "{text}");
    }
    for text in [
        "rate(1 minutes)",
        "rate(5 minute)",
        "rate(0 minutes)",
        "rate(5)",
        "rate(5 weeks)",
        "rate(minutes 5)",
        "rate(-1 days)",
    ] {
        assert_eq!(rule(text), [format!("{text:?} is not a valid rate")]);
    }
    for text in [
        "cron(0 12 * * *)",
        "cron(0 12 * * * *)",
        "cron(60 12 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 12 ? * ? *)",
        "cron(0 12 * 13 ? *)",
        "cron(0 12 ? * FUNDAY *)",
    ] {
        assert_eq!(
            rule(text),
            [format!("{text:?} is not a valid cron expression")]
        );
    }
    assert_eq!(rule("every day"), ["\"every day\" is not a valid schedule"]);
    assert_eq!(
        reported("AWS::Events::Rule", "ScheduleExpression: rate(1 minutes)"),
        [
            "\"rate(1 minutes)\" is not a valid rate\nthe unit is singular for 1, otherwise plural\n\
          = help: write `rate(1 minute)`"
        ]
    );
    let scheduler = |text: &str| {
        wrong(
            "AWS::Scheduler::Schedule",
            &format!(
                "ScheduleExpression: '{text}', FlexibleTimeWindow: {{Mode: 'OFF'}}, Target: {{Arn: 'arn:aws:sqs:eu-west-1:123456789012:q', RoleArn: 'arn:aws:iam::123456789012:role/r'}}"
            ),
        )
    };
    assert_eq!(scheduler("at(2027-01-31T09:00:00)"), [""; 0]);
    assert_eq!(scheduler("rate(1 minutes)"), [""; 0]);
    assert_eq!(scheduler("hourly"), ["\"hourly\" is not a valid schedule"]);
}

fn task(text: &str, container: &str) -> Vec<String> {
    let text = format!("{text}, ContainerDefinitions: [{{Name: app, Image: nginx{container}}}]");
    wrong("AWS::ECS::TaskDefinition", &text)
}

#[test]
fn fargate_tasks_have_valid_sizes() {
    let fargate = |cpu: &str, memory: &str| {
        task(
            &format!(
                "RequiresCompatibilities: [FARGATE], NetworkMode: awsvpc, Cpu: {cpu}, Memory: {memory}"
            ),
            "",
        )
    };
    for (cpu, memory) in [
        ("256", "512"),
        ("'1024'", "'8192'"),
        (".5 vCPU", "2 GB"),
        ("16384", "40960"),
        ("{Ref: C}", "7"),
        ("32768", "122880"),
    ] {
        assert_eq!(fargate(cpu, memory), [""; 0], "{cpu} {memory}");
    }
    assert_eq!(
        fargate("256", "4096"),
        ["256 CPU units cannot have 4096 MiB of memory on Fargate"]
    );
    assert_eq!(
        fargate("1 vCPU", "1 GB"),
        ["1024 CPU units cannot have 1024 MiB of memory on Fargate"]
    );
    assert_eq!(
        fargate("8192", "18432"),
        ["8192 CPU units cannot have 18432 MiB of memory on Fargate"]
    );
    assert_eq!(fargate("300", "512"), ["`Cpu` cannot be `300` on Fargate"]);
}

#[test]
fn tasks_have_what_their_network_and_logs_require() {
    let needs = |name: &str| format!("`AWS::ECS::TaskDefinition` needs `{name}`");
    assert_eq!(
        task("RequiresCompatibilities: [FARGATE]", ""),
        [needs("Cpu"), needs("Memory"), needs("NetworkMode")]
    );
    let fargate = "RequiresCompatibilities: [FARGATE], Cpu: 256, Memory: 512";
    assert_eq!(
        task(&format!("{fargate}, NetworkMode: bridge"), ""),
        ["`NetworkMode` must be `awsvpc` on Fargate"]
    );
    let ports = ", PortMappings: [{ContainerPort: 80, HostPort: 8080}]";
    assert_eq!(
        task("NetworkMode: awsvpc, Memory: 512", ports),
        ["`HostPort` cannot be 8080"]
    );
    assert_eq!(task("NetworkMode: bridge, Memory: 512", ports), [""; 0]);
    assert_eq!(
        task("Memory: 512", ", Essential: false"),
        ["no container of the task is essential"]
    );
    let logs = |options: &str| {
        task(
            "Memory: 512",
            &format!(", LogConfiguration: {{LogDriver: awslogs{options}}}"),
        )
    };
    assert_eq!(
        logs(", Options: {awslogs-group: a, awslogs-region: b}"),
        [""; 0]
    );
    assert_eq!(logs(""), ["`LogConfiguration` needs `Options`"]);
    assert_eq!(
        logs(", Options: {awslogs-group: a}"),
        ["`Options` needs `awslogs-region`"]
    );
    assert_eq!(
        logs(", Options: {awslogs-group: a, aws-logs-region: b}"),
        ["`awslogs` has no option `aws-logs-region`"]
    );
    let driver = ", LogConfiguration: {LogDriver: syslog}";
    assert_eq!(
        task(&format!("{fargate}, NetworkMode: awsvpc"), driver),
        ["`LogDriver` cannot be `syslog` on Fargate"]
    );
}

#[test]
fn distributions_have_valid_origins_and_aliases() {
    let with = |alias: &str, target: &str, more: &str| {
        let text = format!(
            "DistributionConfig: {{Enabled: true, Aliases: [{alias}], Origins: [{{Id: site, DomainName: a.example.com, S3OriginConfig: {{}}}}], \
             DefaultCacheBehavior: {{TargetOriginId: {target}, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6}}{more}}}"
        );
        wrong("AWS::CloudFront::Distribution", &text)
    };
    assert_eq!(
        with("www.example.com, '*.example.com', {Ref: Name}", "site", ""),
        [""; 0]
    );
    assert_eq!(with("a.example.com", "{Ref: Origin}", ""), [""; 0]);
    for alias in [
        "example",
        "'https://www.example.com'",
        "'www.*.example.com'",
        "a b.example.com",
        "-a.example.com",
    ] {
        let name = alias.trim_matches('\'');
        assert_eq!(
            with(alias, "site", ""),
            [format!("{name:?} is not a valid domain name")]
        );
    }
    assert_eq!(
        with("a.example.com", "sites", ""),
        ["there is no origin \"sites\""]
    );
    let behaviour = ", CacheBehaviors: [{PathPattern: /api, TargetOriginId: api, ViewerProtocolPolicy: https-only, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6}]";
    assert_eq!(
        with("a.example.com", "site", behaviour),
        ["there is no origin \"api\""]
    );
}

fn machine(definition: &str) -> Vec<String> {
    let text = format!("RoleArn: 'arn:aws:iam::123456789012:role/r', Definition: {{{definition}}}");
    wrong("AWS::StepFunctions::StateMachine", &text)
}

#[test]
fn states_have_valid_transitions() {
    let right = "StartAt: A, States: {A: {Type: Task, Resource: 'arn:aws:states:::sqs:sendMessage', Next: B, Retry: [{ErrorEquals: [States.ALL]}]}, \
                 B: {Type: Choice, Choices: [{Variable: $.x, NumericEquals: 1, Next: C}], Default: D}, C: {Type: Succeed}, D: {Type: Fail, Error: e}}";
    assert_eq!(machine(right), [""; 0]);
    let parts = "StartAt: A, States: {A: {Type: Parallel, End: true, Branches: [{StartAt: B, States: {B: {Type: Pass, End: true}}}]}}";
    assert_eq!(machine(parts), [""; 0]);
    let map = "StartAt: A, QueryLanguage: JSONata, States: {A: {Type: Map, End: true, Items: '{% x %}', ItemProcessor: {ProcessorConfig: {Mode: INLINE}, StartAt: B, States: {B: {Type: Wait, Seconds: '{% 1 %}', End: true, Output: {}}}}}}";
    assert_eq!(machine(map), [""; 0]);
    let wrong = [
        (
            "StartAt: B, States: {A: {Type: Pass, End: true}}",
            "there is no state \"B\"",
        ),
        (
            "States: {A: {Type: Pass, End: true}}",
            "the definition needs `StartAt`",
        ),
        ("StartAt: A", "the definition needs `States`"),
        (
            "StartAt: A, Stats: {}",
            "a state machine has no field `Stats`",
        ),
        (
            "StartAt: A, States: {A: {Type: Pass}}",
            "the state needs `Next` or `End`",
        ),
        (
            "StartAt: A, States: {A: {Type: Pass, End: true, Next: A}}",
            "`End` conflicts with `Next`",
        ),
        (
            "StartAt: A, States: {A: {Type: Pas, End: true}}",
            "there is no state type `Pas`",
        ),
        (
            "StartAt: A, States: {A: {End: true}}",
            "a state needs `Type`",
        ),
        (
            "StartAt: A, States: {A: {Type: Task, End: true}}",
            "a `Task` state needs `Resource`",
        ),
        (
            "StartAt: A, States: {A: {Type: Pass, Next: C}}",
            "there is no state \"C\"",
        ),
        (
            "StartAt: A, States: {A: {Type: Pass, Nxt: A, End: true}}",
            "a `Pass` state has no field `Nxt`",
        ),
        (
            "StartAt: A, States: {A: {Type: Fail, Next: A}}",
            "a `Fail` state has no field `Next`",
        ),
        (
            "StartAt: A, States: {A: {Type: Choice, Choices: [{Variable: $.x, IsNull: true}]}}",
            "a choice needs `Next`",
        ),
        (
            "StartAt: A, States: {A: {Type: Choice, Choices: [{Variable: $.x, IsNull: true, Next: Z}]}}",
            "there is no state \"Z\"",
        ),
        (
            "StartAt: A, States: {A: {Type: Wait, End: true}}",
            "a `Wait` state needs `Seconds`, `SecondsPath`, `Timestamp` or `TimestampPath`",
        ),
        (
            "StartAt: A, QueryLanguage: JSONata, States: {A: {Type: Pass, End: true, InputPath: $.a}}",
            "`InputPath` is for JSONPath",
        ),
        (
            "StartAt: A, States: {A: {Type: Parallel, End: true, Branches: [{StartAt: X, States: {B: {Type: Pass, End: true}}}]}}",
            "there is no state \"X\"",
        ),
    ];
    for (definition, message) in wrong {
        assert_eq!(machine(definition), [message], "{definition}");
    }
}

#[test]
fn complete_definitions_of_serverless_machines_are_checked() {
    let machine = |definition: &str| {
        wrong(
            "AWS::Serverless::StateMachine",
            &format!("Definition: {{{definition}}}"),
        )
    };
    assert_eq!(machine("StartAt: A"), [""; 0]);
    assert_eq!(
        machine("StartAt: B, States: {A: {Type: Pass, End: true}}"),
        ["there is no state \"B\""]
    );
}

#[test]
fn a_definition_may_be_a_string() {
    let text = |definition: &str| {
        let text = format!(
            "RoleArn: 'arn:aws:iam::123456789012:role/r', DefinitionString: '{definition}'"
        );
        reported("AWS::StepFunctions::StateMachine", &text)
    };
    assert_eq!(
        text(r#"{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"#),
        [""; 0]
    );
    assert_eq!(
        text(
            r#"{"StartAt":"${First}","States":{"A":{"Type":"Task","Resource":"${Arn}","End":true}}}"#
        ),
        [""; 0]
    );
    assert_eq!(
        text(r#"{"StartAt":"B","States":{"A":{"Type":"Pass","End":true}}}"#),
        ["there is no state \"B\"\nat `StartAt`\n= help: did you mean `A`?"]
    );
    assert!(text(r#"{"StartAt":"A",}"#)[0].starts_with("the definition is not valid JSON\n"));
}

#[test]
fn dependent_numbers_are_consistent() {
    let alarm = |period: i64| {
        let text = format!(
            "ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, MetricName: m, Namespace: n, Statistic: Sum, Threshold: 1, Period: {period}"
        );
        reported("AWS::CloudWatch::Alarm", &text)
    };
    for period in [10, 30, 60, 120, 300, 86_400] {
        assert_eq!(alarm(period), [""; 0]);
    }
    assert_eq!(
        alarm(45),
        [
            "`Period` cannot be `45`\na period is 10, 20 or 30 seconds, or a multiple of 60\n= help: for example `Period: 60`"
        ]
    );
    let group = |text: &str| {
        wrong(
            "AWS::AutoScaling::AutoScalingGroup",
            &format!("LaunchConfigurationName: l, AvailabilityZones: [a], {text}"),
        )
    };
    assert_eq!(
        group("MinSize: 1, MaxSize: '3', DesiredCapacity: 2"),
        [""; 0]
    );
    assert_eq!(
        group("MinSize: 3, MaxSize: 1"),
        ["`MaxSize` 1 is less than `MinSize` 3"]
    );
    assert_eq!(
        group("MinSize: 1, MaxSize: 3, DesiredCapacity: 5"),
        ["`DesiredCapacity` cannot be 5"]
    );
    assert_eq!(
        group("MinSize: 1, MaxSize: 3, HealthCheckType: 'EC2,ELB'"),
        ["`EC2` cannot be combined with other health checks"]
    );
}

#[test]
fn instance_classes_depend_on_the_engine() {
    let database = |engine: &str, class: &str| {
        wrong(
            "AWS::RDS::DBInstance",
            &format!("Engine: {engine}, DBInstanceClass: {class}, AllocatedStorage: '20'"),
        )
    };
    assert_eq!(database("postgres", "db.t3.small"), [""; 0]);
    assert_eq!(database("MySQL", "db.t3.small"), [""; 0]);
    assert_eq!(
        database("postgres", "db.t3.smal"),
        ["`DBInstanceClass` cannot be `db.t3.smal`"]
    );
    // A memory-optimized class that only Oracle has.
    assert_eq!(
        database("postgres", "db.r5.8xlarge.tpc2.mem3x"),
        ["`DBInstanceClass` cannot be `db.r5.8xlarge.tpc2.mem3x`"]
    );
}

#[test]
fn unknown_actions_are_warnings() {
    let noted = |action: &str| {
        let text = format!(
            "PolicyName: p, Roles: [r], PolicyDocument: {{Version: '2012-10-17', Statement: {{Effect: Allow, Action: {action}, Resource: '*'}}}}"
        );
        let advice = service::advise("AWS::IAM::Policy", &properties(&text)).into_iter();
        let words = advice.map(|(_, violation)| violation.diagnostic.to_string());
        words.collect::<Vec<_>>()
    };
    for action in [
        "'sqs:ReceiveMessage'",
        "['s3:Get*', 'S3:getobject']",
        "'*'",
        "'s3:*'",
        "{Ref: A}",
        "'ec2:Describe?mages'",
    ] {
        assert_eq!(noted(action), [""; 0], "{action}");
    }
    assert_eq!(
        noted("['sqs:RecieveMessage']"),
        [
            "there is no action `sqs:RecieveMessage`\nIAM accepts the policy, but the action matches nothing\n= help: did you mean `sqs:receivemessage`?"
        ]
    );
    assert_eq!(noted("'s3:Gett*'").len(), 1);
    assert!(noted("'sq:SendMessage'")[0].starts_with("there is no service prefix `sq`"));
}

#[test]
fn the_reason_is_the_deciding_property() {
    let text = "Role: 'arn:aws:iam::123456789012:role/r', Handler: a.b, Runtime: python3.13, Code: {ZipFile: x}, LoggingConfig: {LogFormat: Text, SystemLogLevel: INFO}";
    assert_eq!(
        reported("AWS::Lambda::Function", text),
        ["`SystemLogLevel` is not allowed here\nsince `LogFormat` is `Text`"]
    );
    let text = "Engine: postgres, DBInstanceClass: db.x, AllocatedStorage: '20'";
    let reported = reported("AWS::RDS::DBInstance", text);
    assert!(
        reported[0].contains("since `Engine` is `postgres`"),
        "{reported:?}"
    );
}

#[test]
fn pipelines_pass_artifacts() {
    let action = |name: &str, category: &str, provider: &str, more: &str| {
        format!(
            "{{Name: {name}, ActionTypeId: {{Category: {category}, Owner: AWS, Provider: {provider}, Version: '1'}}{more}}}"
        )
    };
    let pipeline = |stages: &[(&str, Vec<String>)]| {
        let stages = stages
            .iter()
            .map(|(name, actions)| format!("{{Name: {name}, Actions: [{}]}}", actions.join(", ")));
        let text = format!(
            "RoleArn: 'arn:aws:iam::123456789012:role/r', ArtifactStore: {{Type: S3, Location: bucket}}, Stages: [{}]",
            stages.collect::<Vec<_>>().join(", ")
        );
        wrong("AWS::CodePipeline::Pipeline", &text)
    };
    let source = || {
        action(
            "S",
            "Source",
            "CodeCommit",
            ", OutputArtifacts: [{Name: Code}]",
        )
    };
    let build = |input: &str| {
        action(
            "B",
            "Build",
            "CodeBuild",
            &format!(", InputArtifacts: [{{Name: {input}}}]"),
        )
    };
    assert_eq!(
        pipeline(&[("A", vec![source()]), ("B", vec![build("Code")])]),
        [""; 0]
    );
    assert_eq!(
        pipeline(&[("A", vec![source()]), ("B", vec![build("{Ref: N}")])]),
        [""; 0]
    );
    assert_eq!(
        pipeline(&[("A", vec![source()]), ("B", vec![build("Cod")])]),
        ["no earlier action outputs \"Cod\""]
    );
    let bare = action("B", "Build", "CodeBuild", "");
    assert_eq!(
        pipeline(&[("A", vec![source()]), ("B", vec![bare])]),
        ["`InputArtifacts` has 0 items"]
    );
    let late = action("T", "Source", "S3", ", OutputArtifacts: [{Name: Other}]");
    assert_eq!(
        pipeline(&[("A", vec![source()]), ("B", vec![late])]),
        ["only the first stage can have `Source` actions"]
    );
    let twice = action("T", "Source", "S3", ", OutputArtifacts: [{Name: Code}]");
    assert_eq!(
        pipeline(&[("A", vec![source(), twice]), ("B", vec![build("Code")])]),
        ["duplicate output artifact \"Code\""]
    );
}

#[test]
fn an_endpoint_fits_its_protocol() {
    let subscription = |protocol: &str, endpoint: &str| {
        let text = format!(
            "TopicArn: 'arn:aws:sns:eu-west-1:123456789012:t', Protocol: {protocol}, Endpoint: {endpoint}"
        );
        reported("AWS::SNS::Subscription", &text)
    };
    for (protocol, endpoint) in [
        ("email", "ops@example.com"),
        ("https", "'https://example.com/x'"),
        ("http", "'http://example.com'"),
        ("sms", "'+48 123-456-789'"),
        ("sqs", "'arn:aws:sqs:eu-west-1:123456789012:q'"),
        (
            "lambda",
            "'arn:aws-cn:lambda:cn-north-1:123456789012:function:f'",
        ),
        ("email", "'{{resolve:ssm:ops}}'"),
        ("sqs", "{Ref: Queue}"),
    ] {
        assert_eq!(subscription(protocol, endpoint), [""; 0], "{endpoint}");
    }
    assert_eq!(
        subscription("https", "'http://example.com'"),
        [
            "\"http://example.com\" is not a valid endpoint for `https`\n\
             expected a URL that begins with `https://`\n\
             = help: for example \"https://example.com\""
        ]
    );
    for (protocol, endpoint) in [
        ("email", "example.com"),
        ("sms", "ops@example.com"),
        (
            "sqs",
            "'https://sqs.eu-west-1.amazonaws.com/123456789012/q'",
        ),
        ("lambda", "'arn:aws:sqs:eu-west-1:123456789012:q'"),
        ("firehose", "name"),
    ] {
        assert_eq!(subscription(protocol, endpoint).len(), 1, "{endpoint}");
    }
    let topic = "Subscription: [{Protocol: email, Endpoint: ops@example.com}, {Protocol: sqs, Endpoint: q}]";
    assert_eq!(
        wrong("AWS::SNS::Topic", topic),
        ["\"q\" is not a valid endpoint for `sqs`"]
    );
}
