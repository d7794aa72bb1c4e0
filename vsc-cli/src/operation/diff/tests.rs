use super::*;
use crate::aws::scripted::{Aws, good, message, missing, stack, stacked};
use crate::terminal::heard;

#[test]
fn the_deployed_template_is_read_if_there_is_one() {
    let new = stacked(|_| {});
    for answer in [
        missing(),
        stack("REVIEW_IN_PROGRESS"),
        stack("DELETE_COMPLETE"),
    ] {
        let aws = Aws::default().answers("DescribeStacks", [answer]);
        aws.run(async |session| {
            let found = template(session, &new).await.expect("it is answered");
            assert_eq!(found, Json::Object(Object::new()));
            assert_eq!(
                heard::take(),
                "team is not deployed in eu-west-1: everything is new\n"
            );
        });
    }
    let deployed = |text: &str| {
        let aws = Aws::default()
            .answers("DescribeStacks", [stack("UPDATE_ROLLBACK_COMPLETE")])
            .answers(
                "GetTemplate",
                [good(format!("<TemplateBody>{text}</TemplateBody>"))],
            );
        aws.run(async |session| template(session, &new).await)
    };
    let found = deployed("Resources: {A: {Type: T}}").expect("it can be read");
    assert!(
        found
            .get("Resources")
            .and_then(|all| all.get("A"))
            .is_some()
    );
    let reported = message(deployed("Resources: ["));
    assert!(
        reported.starts_with("cannot read the deployed template of team: "),
        "{reported}"
    );
}
