use super::*;
use crate::aws::drift::{Drifted, PropertyDifference};
use crate::terminal::{Terminal, heard};
use crate::view::drift::print;

fn drifted() -> Drift {
    let resource = |id: &str, is_deleted, properties| Drifted {
        logical_id: id.to_owned(),
        physical_id: "p-1".to_owned(),
        resource_type: "T".to_owned(),
        is_deleted,
        properties,
    };
    let property = PropertyDifference {
        path: "/Tags/0/Value".to_owned(),
        expected: "a".to_owned(),
        actual: "b".to_owned(),
    };
    Drift {
        drifted: vec![
            resource("Host", false, vec![property]),
            resource("Queue", true, vec![]),
        ],
        in_sync: 3,
        unchecked: vec!["Zone".to_owned()],
        reason: Some("no permission".to_owned()),
    }
}

fn nothing() -> Drift {
    Drift {
        drifted: Vec::new(),
        in_sync: 2,
        unchecked: Vec::new(),
        reason: None,
    }
}

fn shown(drift: Drift, json: bool) -> String {
    heard::take();
    let drifts = [("team".to_owned(), drift)];
    assert!(print(&Terminal::default(), &drifts, json).is_ok());
    heard::take()
}

#[test]
fn drifted_resources_are_shown_and_counted() {
    let text = shown(drifted(), false);
    assert_eq!(
        text,
        "team
  ~ Host T p-1
      Tags.0.Value: a → b
  - Queue T p-1  is deleted
  2 drifted, 3 in sync, 1 of types without drift detection
  not all could be checked: no permission
next: declare the changes to keep; a deployment reverts only properties that it changes itself
"
    );
    let text = shown(nothing(), false);
    assert_eq!(text, "team\n  no drift\n  0 drifted, 2 in sync\n");
}

#[test]
fn the_json_has_the_same_content() {
    let text = shown(drifted(), true);
    let json: String = text.split_whitespace().collect();
    assert_eq!(
        json,
        r#"{"team":{"drifted":[{"logicalId":"Host","physicalId":"p-1","type":"T","status":"MODIFIED","properties":[{"path":"/Tags/0/Value","expected":"a","actual":"b"}]},{"logicalId":"Queue","physicalId":"p-1","type":"T","status":"DELETED","properties":[]}],"inSync":3,"notChecked":["Zone"],"reason":"nopermission"}}"#
    );
}
