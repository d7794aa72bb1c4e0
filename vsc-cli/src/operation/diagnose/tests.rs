use super::*;
use crate::aws::scripted::{Aws, events, stack};
use crate::terminal::{Terminal, heard};
use crate::view::diagnosis::print;

/// The output for a stack with these events.
fn shown(json: bool, all: &[(u32, &str, &str, &str)]) -> String {
    let aws = Aws::default()
        .answers("DescribeStacks", [stack("UPDATE_COMPLETE")])
        .answers("DescribeStackEvents", [events(all)]);
    aws.run(async |session| {
        let deployed = cloudformation::deployed(session, "team")
            .await
            .expect("it is there");
        let events = cloudformation::events_after(session, "team", None).await;
        let events = events.expect("they are answered");
        heard::take();
        let history = History { deployed, events };
        assert!(print(&Terminal::default(), &history, json).is_ok());
        heard::take()
    })
}

const CREATION: [(u32, &str, &str, &str); 6] = [
    (1, "team", "CREATE_IN_PROGRESS", ""),
    (2, "Host", "CREATE_FAILED", "it already exists"),
    (3, "Queue", "CREATE_FAILED", "no"),
    (4, "Zone", "CREATE_FAILED", "Resource creation cancelled"),
    (5, "Area", "CREATE_FAILED", "Resource creation cancelled"),
    (6, "team", "CREATE_FAILED", "no"),
];

#[test]
fn the_last_failed_operation_is_explained() {
    assert_eq!(
        shown(false, &CREATION),
        "the creation of team that started at 2026-11-25T09:01:00Z failed
cause: Host (AWS::EC2::Instance): it already exists
then: Queue (AWS::EC2::Instance): no
cancelled because of it: `Zone` and `Area`
team is UPDATE_COMPLETE now
= help: delete it or import it: a resource of this name exists and belongs to another stack or to none
"
    );
    let update = [
        (7, "team", "UPDATE_IN_PROGRESS", ""),
        (8, "Host", "UPDATE_FAILED", "nobody knows"),
        (9, "team", "DELETE_IN_PROGRESS", ""),
        (10, "Host", "DELETE_COMPLETE", ""),
    ];
    let all: Vec<_> = CREATION.into_iter().chain(update).collect();
    assert_eq!(
        shown(false, &all),
        "the update of team that started at 2026-11-25T09:07:00Z failed
cause: Host (AWS::EC2::Instance): nobody knows
team is UPDATE_COMPLETE now; later operations succeeded
"
    );
    let deletion = [
        (1, "team", "DELETE_IN_PROGRESS", ""),
        (2, "Host", "DELETE_FAILED", "in use"),
    ];
    assert!(shown(false, &deletion).starts_with("the deletion of team that started at"));
    let unknown = [(2, "Host", "UPDATE_FAILED", "in use")];
    assert!(shown(false, &unknown).starts_with("the operation of team that started at"));
}

#[test]
fn the_json_has_the_same_content() {
    let json: String = shown(true, &CREATION[..4]).split_whitespace().collect();
    for part in [
        r#"{"state":"UPDATE_COMPLETE","isLastOperation":true,"cause":{"time":"2026-11-25T09:02:00Z","logicalId":"Host","#,
        r#""help":"deleteitorimportit"#,
        r#""consequences":[{"time":"2026-11-25T09:03:00Z","logicalId":"Queue","#,
        r#""cancelled":[{"time":"2026-11-25T09:04:00Z","logicalId":"Zone","#,
    ] {
        assert!(json.contains(part), "{json}");
    }
}

#[test]
fn a_stack_without_failures_is_reported() {
    for all in [
        &[][..],
        &[
            (1, "team", "CREATE_IN_PROGRESS", ""),
            (2, "team", "CREATE_COMPLETE", ""),
        ],
    ] {
        assert_eq!(
            shown(false, all),
            "no operation has failed in team (UPDATE_COMPLETE)\n"
        );
        let json: String = shown(true, all).split_whitespace().collect();
        assert_eq!(json, r#"{"state":"UPDATE_COMPLETE"}"#);
    }
}
