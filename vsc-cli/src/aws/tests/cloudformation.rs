use crate::aws::cloudformation::{
    self, all, deployed, deployed_defaults, deployed_template, describe, events_after,
    newest_event, resources,
};
use crate::aws::scripted::{Aws, ID, bad, events, good, message, missing, stack, stack_with};

#[test]
fn a_stack_is_read_with_all_its_details() {
    let more = "<StackStatusReason>why</StackStatusReason><LastUpdatedTime>2026-11-25T10:00:00Z</LastUpdatedTime><EnableTerminationProtection>true</EnableTerminationProtection><DriftInformation><StackDriftStatus>DRIFTED</StackDriftStatus></DriftInformation><Parameters><member><ParameterKey>A</ParameterKey><ParameterValue>a</ParameterValue></member><member><ParameterKey>B</ParameterKey></member></Parameters><Outputs><member><OutputKey>Url</OutputKey><OutputValue>https://x</OutputValue><Description>where</Description></member></Outputs>";
    let aws = Aws::default().answers("DescribeStacks", [stack_with("UPDATE_COMPLETE", more)]);
    let found = aws.run(async |session| describe(session, "team").await);
    let found = found.expect("it is answered").expect("it is there");
    assert_eq!(
        (
            found.id.as_str(),
            found.name.as_str(),
            found.status.as_str()
        ),
        (ID, "team", "UPDATE_COMPLETE")
    );
    assert_eq!(found.reason.as_deref(), Some("why"));
    assert_eq!(found.created.as_deref(), Some("2026-11-25T09:00:00Z"));
    assert_eq!(found.updated.as_deref(), Some("2026-11-25T10:00:00Z"));
    assert_eq!(found.drift.as_deref(), Some("DRIFTED"));
    assert!(found.is_protected);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(found.parameters, [pair("A", "a"), pair("B", "")]);
    let output = found.output("Url").expect("it is there");
    assert_eq!(output.value, "https://x");
    assert_eq!(output.description.as_deref(), Some("where"));
    assert_eq!(
        aws.last("DescribeStacks").parameter("StackName"),
        Some("team")
    );

    let aws = Aws::default().answers(
        "DescribeStacks",
        [stack_with(
            "CREATE_COMPLETE",
            "<StackStatusReason></StackStatusReason>",
        )],
    );
    let found = aws.run(async |session| describe(session, "team").await);
    let found = found.expect("it is answered").expect("it is there");
    assert_eq!(
        (found.reason, found.updated, found.drift),
        (None, None, None)
    );
    assert!(!found.is_protected);
}

#[test]
fn a_missing_stack_is_reported_with_the_region() {
    let aws = Aws::default().answers("DescribeStacks", [missing()]);
    let reported = aws.run(async |session| message(deployed(session, "team").await));
    assert_eq!(
        reported,
        "team is not deployed in eu-west-1\n= help: deploy it with `cargo run -- deploy team`, or pass another `--region`"
    );
    let aws = Aws::default().answers("DescribeStacks", [stack("CREATE_COMPLETE")]);
    assert!(
        aws.run(async |session| deployed(session, "team").await)
            .is_ok()
    );
}

#[test]
fn stacks_are_read_page_by_page_up_to_a_limit() {
    let page = |name: &str, next: &str| {
        good(format!(
            "<Stacks><member><StackName>{name}</StackName><CreationTime>2026-11-25T09:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks>{next}"
        ))
    };
    for (pages, names) in [(5, &["a", "b", "c"][..]), (2, &["a", "b"]), (0, &[])] {
        let answers = [
            page("a", "<NextToken>1</NextToken>"),
            page("b", "<NextToken>2</NextToken>"),
            page("c", ""),
        ];
        let aws = Aws::default().answers("DescribeStacks", answers);
        let found = aws.run(async |session| all(session, pages).await);
        let found = found.expect("it is answered");
        let found: Vec<&str> = found.iter().map(|stack| stack.name.as_str()).collect();
        assert_eq!(found, names);
        let calls = aws.calls("DescribeStacks");
        let tokens: Vec<_> = calls
            .iter()
            .map(|call| call.parameter("NextToken"))
            .collect();
        assert_eq!(tokens, [None, Some("1"), Some("2")][..names.len()]);
    }
}

#[test]
fn events_are_read_back_to_the_last_known_one() {
    let newer = events(&[
        (3, "Host", "CREATE_COMPLETE", ""),
        (4, "team", "CREATE_COMPLETE", ""),
    ]);
    let crate::aws::scripted::Answer::Good(newer) = newer else {
        unreachable!("it is good");
    };
    let answers = || {
        [
            good(format!("{newer}<NextToken>1</NextToken>")),
            events(&[
                (1, "team", "CREATE_IN_PROGRESS", ""),
                (2, "Host", "CREATE_IN_PROGRESS", ""),
            ]),
        ]
    };
    for (known, ids, pages) in [
        (None, &["1", "2", "3", "4"][..], 2),
        (Some("4"), &[], 1),
        (Some("3"), &["4"], 1),
        (Some("1"), &["2", "3", "4"], 2),
        (Some("0"), &["1", "2", "3", "4"], 2),
    ] {
        let aws = Aws::default().answers("DescribeStackEvents", answers());
        let found = aws.run(async |session| events_after(session, ID, known).await);
        let found = found.expect("it is answered");
        let found: Vec<&str> = found.iter().map(|event| event.id.as_str()).collect();
        assert_eq!(found, ids, "{known:?}");
        let calls = aws.calls("DescribeStackEvents");
        assert_eq!(calls.len(), pages);
        assert_eq!(calls[0].parameter("StackName"), Some(ID));
        assert_eq!(
            calls[pages - 1].parameter("NextToken"),
            (pages == 2).then_some("1")
        );
    }
}

#[test]
fn a_missing_stack_has_no_newest_event() {
    let newest = |answer| {
        let aws = Aws::default().answers("DescribeStackEvents", [answer]);
        aws.run(async |session| newest_event(session, "team").await)
    };
    let two = events(&[
        (1, "team", "CREATE_IN_PROGRESS", ""),
        (2, "Host", "CREATE_COMPLETE", ""),
    ]);
    let found = newest(two).expect("it is answered");
    assert_eq!(found.map(|event| event.id).as_deref(), Some("2"));
    assert!(matches!(newest(missing()), Ok(None)));
    assert!(newest(bad("AccessDenied", "no")).is_err());
}

#[test]
fn the_deployed_template_is_the_submitted_one() {
    let aws = Aws::default()
        .answers("GetTemplate", [good("<TemplateBody>Resources: {}</TemplateBody>")])
        .answers(
            "GetTemplateSummary",
            [good("<Parameters><member><ParameterKey>A</ParameterKey><DefaultValue>a</DefaultValue></member><member><ParameterKey>B</ParameterKey></member></Parameters>")],
        );
    aws.run(async |session| {
        let text = deployed_template(session, ID)
            .await
            .expect("it is answered");
        assert_eq!(text, "Resources: {}");
        let defaults = deployed_defaults(session, ID)
            .await
            .expect("it is answered");
        assert_eq!(defaults.len(), 1);
        assert_eq!(defaults.get("A").map(String::as_str), Some("a"));
    });
    let call = aws.last("GetTemplate");
    assert_eq!(call.parameter("TemplateStage"), Some("Original"));
    assert_eq!(call.parameter("StackName"), Some(ID));
    assert_eq!(
        aws.last("GetTemplateSummary").parameter("StackName"),
        Some(ID)
    );
}

#[test]
fn all_resources_are_read() {
    let member = |id: &str, more: &str| {
        format!(
            "<StackResourceSummaries><member><LogicalResourceId>{id}</LogicalResourceId><PhysicalResourceId>p-{id}</PhysicalResourceId><ResourceType>T</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member></StackResourceSummaries>{more}"
        )
    };
    let answers = [
        good(member("A", "<NextToken>1</NextToken>")),
        good(member("B", "")),
    ];
    let aws = Aws::default().answers("ListStackResources", answers);
    let found = aws.run(async |session| resources(session, ID).await);
    let found: Vec<String> = found
        .expect("it is answered")
        .iter()
        .map(
            |cloudformation::StackResource {
                 logical_id,
                 physical_id,
                 resource_type,
                 status,
             }| { format!("{logical_id} {physical_id:?} {resource_type} {status}") },
        )
        .collect();
    assert_eq!(
        found,
        [
            "A Some(\"p-A\") T CREATE_COMPLETE",
            "B Some(\"p-B\") T CREATE_COMPLETE"
        ]
    );
    assert_eq!(
        aws.last("ListStackResources").parameter("NextToken"),
        Some("1")
    );
}
