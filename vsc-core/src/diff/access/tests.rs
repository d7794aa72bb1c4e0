//! Changes of permissions.

use vsc_spec::Json;

use super::*;
use crate::diff::tests::{object, read, template};

fn role(statement: Json) -> Object {
    let document = object([("Statement", Json::array([statement]))]);
    let policy = object([("PolicyName", "host".into()), ("PolicyDocument", document)]);
    let properties = object([("Policies", Json::array([policy]))]);
    template([("Role", "AWS::IAM::Role", properties)])
}

fn statement(actions: &[&'static str], resource: &'static str) -> Json {
    object([
        ("Effect", "Allow".into()),
        ("Action", Json::array(actions.iter().copied())),
        ("Resource", resource.into()),
    ])
}

fn reported(old: &Object, new: &Object) -> Vec<String> {
    let changes = changes(old, new);
    let reported = changes.iter().map(|change| {
        let Grant {
            effect,
            principal,
            actions,
            resource,
            ..
        } = &change.grant;
        let sign = if change.added { '+' } else { '-' };
        let widens = if change.widens() { " widens" } else { "" };
        format!(
            "{sign} {effect} {principal} {} {resource}{widens}",
            actions.join(",")
        )
    });
    reported.collect()
}

#[test]
fn only_the_added_action_is_reported() {
    let old = role(statement(&["s3:Get", "s3:List"], "a"));
    let new = role(statement(&["s3:List", "s3:Put", "s3:Get"], "a"));
    assert_eq!(reported(&old, &new), ["+ Allow Role s3:Put a widens"]);
    assert_eq!(reported(&new, &old), ["- Allow Role s3:Put a"]);
}

#[test]
fn permissions_for_everybody_are_broad() {
    let change = |effect: &str, principal: &str, action: &str, resource: &str| AccessChange {
        grant: Grant {
            id: "Policy".to_owned(),
            effect: effect.to_owned(),
            principal: principal.to_owned(),
            actions: vec!["s3:Get".to_owned(), action.to_owned()],
            resource: resource.to_owned(),
            condition: None,
        },
        added: true,
        widens: true,
    };
    for everybody in ["*", "AWS:*"] {
        assert!(change("Allow", everybody, "s3:Put", "a").is_for_everybody());
        assert!(change("Allow", everybody, "s3:Put", "a").is_broad());
        assert!(!change("Deny", everybody, "s3:*", "a").is_broad());
    }
    assert!(!change("Allow", "AWS:1", "s3:*", "a").is_for_everybody());
    for (action, resource) in [
        ("*", "a"),
        ("s3:*", "a"),
        ("not s3:Get", "a"),
        ("s3:Put", "not a"),
    ] {
        assert!(
            change("Allow", "Role", action, resource).is_broad(),
            "{action} {resource}"
        );
    }
    for (action, resource) in [
        ("s3:Put", "a"),
        ("s3:Put*", "a"),
        ("a:b:*", "a"),
        ("s3:Put", "*"),
    ] {
        assert!(
            !change("Allow", "Role", action, resource).is_broad(),
            "{action} {resource}"
        );
    }
}

#[test]
fn a_single_action_is_a_list_of_one() {
    let single = object([
        ("Effect", "Allow".into()),
        ("Action", "s3:Get".into()),
        ("Resource", "a".into()),
    ]);
    let (old, new) = (role(single), role(statement(&["s3:Get"], "a")));
    assert!(reported(&old, &new).is_empty());
}

#[test]
fn a_permission_covered_before_widens_nothing() {
    let old = role(statement(&["s3:*"], "*"));
    let new = role(statement(&["s3:Get?bject"], "arn:b"));
    assert_eq!(
        reported(&old, &new),
        ["- Allow Role s3:* *", "+ Allow Role s3:Get?bject arn:b"]
    );
    assert_eq!(
        reported(&new, &old),
        [
            "- Allow Role s3:Get?bject arn:b",
            "+ Allow Role s3:* * widens"
        ]
    );
}

#[test]
fn stars_and_question_marks_match_characters() {
    let fits = |pattern: &str, text: &str| fits(pattern.as_bytes(), text.as_bytes());
    for (pattern, text) in [
        ("*", ""),
        ("*", "a"),
        ("s3:*Object*", "s3:GetObjectAcl"),
        ("a?c", "abc"),
        ("*b*b", "abab"),
    ] {
        assert!(fits(pattern, text), "{pattern} {text}");
    }
    for (pattern, text) in [
        ("a", "ab"),
        ("a*c", "ab"),
        ("?", ""),
        ("a?c", "a*c"),
        ("*b*b", "ab"),
    ] {
        assert!(!fits(pattern, text), "{pattern} {text}");
    }
}

#[test]
fn a_removed_denial_widens_access() {
    let deny = object([
        ("Effect", "Deny".into()),
        ("Principal", object([("AWS", Json::array(["*"]))])),
        ("NotAction", Json::array(["s3:Get", "s3:List"])),
    ]);
    let (old, new) = (role(deny), role(statement(&[], "a")));
    assert_eq!(
        reported(&old, &new),
        ["- Deny AWS:* not s3:Get, s3:List Role widens"]
    );
}

#[test]
fn managed_policies_and_boundaries_count() {
    let with = |properties| template([("Role", "AWS::IAM::Role", properties)]);
    let old = with(object([("PermissionsBoundary", "arn:b".into())]));
    let new = with(object([("ManagedPolicyArns", Json::array(["arn:p"]))]));
    assert_eq!(
        reported(&old, &new),
        [
            "- Deny Role anything that arn:b does not allow as in the policy widens",
            "+ Allow Role permissions of arn:p as in the policy widens",
        ]
    );
}

/// The changes, with their resources and conditions.
fn whole(old: &str, new: &str) -> Vec<String> {
    let template = |resources: &str| read(&format!("Resources:\n{resources}"));
    let changes = changes(&template(old), &template(new));
    let line = |change: &AccessChange| {
        let grant = &change.grant;
        let condition = grant.condition.as_ref();
        format!(
            "{} {}: {} {} {} {}{}{}",
            if change.added { '+' } else { '-' },
            grant.id,
            grant.effect,
            grant.principal,
            grant.actions.join(","),
            grant.resource,
            condition.map_or(String::new(), |it| format!(" when {it}")),
            if change.widens() { " widens" } else { "" }
        )
    };
    changes.iter().map(line).collect()
}

const NOTHING: &str = "  Queue: {Type: AWS::SQS::Queue}\n";

#[test]
fn the_holder_of_a_policy_is_named() {
    let statement = "{Statement: {Effect: Allow, Action: s3:Get, Resource: a}}";
    for (kind, properties, holder) in [
        ("IAM::Role", "Policies: [{PolicyDocument: DOCUMENT}]", "X"),
        ("IAM::User", "Policies: [{PolicyDocument: DOCUMENT}]", "X"),
        ("IAM::Group", "Policies: [{PolicyDocument: DOCUMENT}]", "X"),
        (
            "IAM::Policy",
            "PolicyDocument: DOCUMENT, Roles: [!Ref A, b]",
            "${A}, b",
        ),
        ("IAM::Policy", "PolicyDocument: DOCUMENT", "holders of X"),
        (
            "IAM::ManagedPolicy",
            "PolicyDocument: DOCUMENT, Users: [u]",
            "u",
        ),
        (
            "IAM::ManagedPolicy",
            "PolicyDocument: DOCUMENT, Groups: [g], Roles: [r]",
            "r, g",
        ),
        (
            "IAM::RolePolicy",
            "PolicyDocument: DOCUMENT, RoleName: !Ref A",
            "${A}",
        ),
        (
            "IAM::UserPolicy",
            "PolicyDocument: DOCUMENT, UserName: u",
            "u",
        ),
        (
            "IAM::GroupPolicy",
            "PolicyDocument: DOCUMENT, GroupName: g",
            "g",
        ),
        (
            "SSO::PermissionSet",
            "InlinePolicy: DOCUMENT",
            "holders of X",
        ),
        (
            "SQS::QueuePolicy",
            "PolicyDocument: DOCUMENT, Roles: [r]",
            "holders of X",
        ),
        (
            "S3::Bucket",
            "Any: [!If [C, DOCUMENT, !Ref AWS::NoValue]]",
            "holders of X",
        ),
    ] {
        let properties = properties.replace("DOCUMENT", statement);
        let new = format!("  X: {{Type: AWS::{kind}, Properties: {{{properties}}}}}\n");
        assert_eq!(
            whole(NOTHING, &new),
            [format!("+ X: Allow {holder} s3:Get a widens")],
            "{kind}"
        );
    }
}

#[test]
fn only_statements_are_permissions() {
    for (properties, found) in [
        ("Taints: [{Effect: NoSchedule, Key: a}]", 0),
        ("Rules: [{Action: allow, Priority: 1}]", 0),
        ("Rules: [{NotAction: allow}]", 0),
        ("Rules: {Action: {Effect: Allow, Action: a}}", 1),
        (
            "Rules: [{Effect: Allow, Action: a}, {Effect: Deny, NotAction: b}]",
            2,
        ),
    ] {
        let new = format!("  X: {{Type: AWS::SQS::Queue, Properties: {{{properties}}}}}\n");
        assert_eq!(whole(NOTHING, &new).len(), found, "{properties}");
    }
    assert_eq!(changes(&Object::new(), &Object::new()), []);
}

#[test]
fn a_statement_is_shown_part_by_part() {
    for (statement, shown) in [
        ("Effect: Allow, Action: a", &["Allow X a X widens"][..]),
        (
            "Effect: Allow, Action: [a, b], Resource: [r, s]",
            &["Allow X a,b r widens", "Allow X a,b s widens"],
        ),
        (
            "Effect: Allow, NotAction: [a, b], NotResource: [r, s]",
            &["Allow X not a, b not r, s widens"],
        ),
        (
            "Effect: Allow, Principal: '*', Action: a, Resource: r",
            &["Allow * a r widens"],
        ),
        (
            "Effect: Allow, Principal: {AWS: ['1', !Ref A], Service: s}, Action: a, Resource: r",
            &[
                "Allow AWS:${A} a r widens",
                "Allow AWS:1 a r widens",
                "Allow Service:s a r widens",
            ],
        ),
        (
            "Effect: Deny, NotPrincipal: {AWS: '1'}, Action: a, Resource: r",
            &["Deny not AWS:1 a r"],
        ),
        (
            "Effect: Deny, NotPrincipal: '*', Action: a, Resource: r",
            &["Deny not * a r"],
        ),
        (
            "Effect: Allow, Principal: !If [C, a, b], Action: a, Resource: r",
            &["Allow {\"Fn::If\":[\"C\",\"a\",\"b\"]} a r widens"],
        ),
        (
            "Effect: Allow, Action: a, Resource: !GetAtt B.Arn, Condition: {Bool: {k: true}}",
            &["Allow X a ${B.Arn} when Bool k true widens"],
        ),
        (
            "Effect: Allow, Action: a, Resource: r, Condition: {StringLike: {k: [v, w], l: 5}, Null: {m: false}}",
            &["Allow X a r when StringLike k v or w and StringLike l 5 and Null m false widens"],
        ),
        (
            "Effect: Allow, Action: a, Resource: r, Condition: !If [C, {Bool: {k: v}}, !Ref AWS::NoValue]",
            &[
                "Allow X a r when {\"Fn::If\":[\"C\",{\"Bool\":{\"k\":\"v\"}},{\"Ref\":\"AWS::NoValue\"}]} widens",
            ],
        ),
    ] {
        let new = format!("  X: {{Type: AWS::IAM::Role, Properties: {{Any: {{{statement}}}}}}}\n");
        let shown: Vec<String> = shown.iter().map(|it| format!("+ X: {it}")).collect();
        assert_eq!(whole(NOTHING, &new), shown, "{statement}");
    }
}

#[test]
fn functions_are_shown_in_short_forms() {
    for (value, shown) in [
        ("r", "r"),
        ("5", "5"),
        ("true", "true"),
        ("!Ref A", "${A}"),
        ("!GetAtt A.B", "${A.B}"),
        ("!GetAtt A.B.C", "${A.B.C}"),
        ("{'Fn::GetAtt': [A, B]}", "${A.B}"),
        ("{'Fn::GetAtt': A.B}", "${A.B}"),
        ("!Sub 'arn:${A}/*'", "arn:${A}/*"),
        ("!Join ['', [!GetAtt A.Arn, '/*']]", "${A.Arn}/*"),
        (
            "!Join [',', !Ref List]",
            "{\"Fn::Join\":[\",\",{\"Ref\":\"List\"}]}",
        ),
        (
            "!Sub ['${a}', {a: b}]",
            "{\"Fn::Sub\":[\"${a}\",{\"a\":\"b\"}]}",
        ),
        ("{Ref: [a]}", "{\"Ref\":[\"a\"]}"),
        ("0.5", "\"0.5\""),
    ] {
        let read = read(&format!("Value: {value}\n"));
        assert_eq!(
            read.get("Value").map(text).as_deref(),
            Some(shown),
            "{value}"
        );
    }
}

#[test]
fn a_permission_widens_access_unless_an_old_one_covers_it() {
    let (role, arn) = ("Resource: r", "Resource: 'arn:b/c'");
    let allow = |action: &str, rest: &str| format!("Effect: Allow, Action: '{action}', {rest}");
    let to = |principal: &str| allow("a", &format!("Principal: {principal}, Resource: r"));
    let when = |action: &str, value: &str| {
        allow(
            action,
            &format!("Resource: r, Condition: {{StringLike: {{k: {value}}}}}"),
        )
    };
    for (old, new, wider) in [
        (allow("s3:Get*", role), allow("s3:GetObject", role), false),
        (allow("S3:Get*", role), allow("s3:getobject", role), false),
        (allow("s3:Get*", role), allow("s3:PutObject", role), true),
        (
            allow("s3:Get*", role),
            allow("s3:GetObject", "Resource: s"),
            true,
        ),
        (allow("a", "Resource: 'arn:*'"), allow("a", arn), false),
        (allow("a", "Resource: 'ARN:*'"), allow("a", arn), true),
        (allow("a", role), allow("a", "Resource: '*'"), true),
        // A complement is almost everything.
        (
            allow("*", role),
            "Effect: Allow, NotAction: s3:Get, Resource: r".to_owned(),
            false,
        ),
        (
            allow("a", "Resource: '*'"),
            "Effect: Allow, Action: a, NotResource: r".to_owned(),
            false,
        ),
        (
            allow("a", "Resource: '*c'"),
            "Effect: Allow, Action: a, NotResource: 'b/c'".to_owned(),
            true,
        ),
        (
            "Effect: Allow, NotAction: b, Resource: '*'".to_owned(),
            "Effect: Allow, NotAction: b, Resource: r".to_owned(),
            false,
        ),
        // Principals.
        (to("'*'"), to("{AWS: '1'}"), false),
        (to("{AWS: '*'}"), to("{AWS: '1'}"), false),
        (to("{AWS: '1'}"), to("{AWS: '2'}"), true),
        (to("{AWS: '1'}"), to("'*'"), true),
        // Conditions.
        (when("*", "v"), when("a", "v"), false),
        (when("*", "v"), when("a", "w"), true),
        (when("*", "v"), allow("a", role), true),
        (allow("a", role), when("a", "v"), false),
        // A denial allows nothing, and an added one restricts.
        (
            "Effect: Deny, Action: '*', Resource: '*'".to_owned(),
            allow("a", role),
            true,
        ),
        (
            allow("a", role),
            "Effect: Deny, Action: a, Resource: r".to_owned(),
            false,
        ),
        (
            "Effect: Deny, Action: a, Resource: r".to_owned(),
            "Effect: Deny, Action: '*', Resource: r".to_owned(),
            false,
        ),
        (
            "Effect: Deny, Action: '*', Resource: r".to_owned(),
            "Effect: Deny, Action: a, Resource: r".to_owned(),
            true,
        ),
    ] {
        let resource = |statement: &str| {
            format!("  X: {{Type: AWS::IAM::Role, Properties: {{Any: {{{statement}}}}}}}\n")
        };
        let lines = whole(&resource(&old), &resource(&new));
        let widens = lines.iter().any(|line| line.ends_with(" widens"));
        assert_eq!((lines.len(), widens), (2, wider), "{lines:#?}");
    }
}

#[test]
fn a_role_is_the_same_by_its_name_and_by_a_reference() {
    let statement = "{Statement: {Effect: Allow, Action: ACTION, Resource: r}}";
    let inline = format!("  Host: {{Type: AWS::IAM::Role, Properties: {{P: {statement}}}}}\n");
    let apart = format!(
        "  Host: {{Type: AWS::IAM::Role}}\n  P: {{Type: AWS::IAM::Policy, Properties: {{Roles: [!Ref Host], D: {statement}}}}}\n"
    );
    let (inline, apart) = (
        inline.replace("ACTION", "'*'"),
        apart.replace("ACTION", "a"),
    );
    assert_eq!(
        whole(&inline, &apart),
        ["- Host: Allow Host * r", "+ P: Allow ${Host} a r"]
    );
}

#[test]
fn attached_policies_count() {
    for (kind, properties, shown) in [
        (
            "IAM::Role",
            "ManagedPolicyArns: [p]",
            "Allow X permissions of p as in the policy widens",
        ),
        (
            "IAM::User",
            "ManagedPolicyArns: [p]",
            "Allow X permissions of p as in the policy widens",
        ),
        (
            "IAM::User",
            "Groups: [!Ref G]",
            "Allow X permissions of the group ${G} as in the policy widens",
        ),
        (
            "IAM::Group",
            "ManagedPolicyArns: [p]",
            "Allow X permissions of p as in the policy widens",
        ),
        (
            "SSO::PermissionSet",
            "ManagedPolicies: [p]",
            "Allow holders of X permissions of p as in the policy widens",
        ),
        (
            "IAM::InstanceProfile",
            "Roles: [!Ref R]",
            "Allow holders of X permissions of the role ${R} as in the policy widens",
        ),
        (
            "IAM::User",
            "PermissionsBoundary: b",
            "Deny X anything that b does not allow as in the policy",
        ),
        (
            "Lambda::Permission",
            "Action: 'lambda:Invoke', FunctionName: !Ref F, Principal: s",
            "Allow s lambda:Invoke ${F} widens",
        ),
        (
            "Lambda::Permission",
            "Action: a, FunctionName: f, Principal: '*', SourceArn: x, SourceAccount: '1', PrincipalOrgID: o, EventSourceToken: t",
            "Allow * a f when SourceArn is x, SourceAccount is 1, PrincipalOrgID is o, EventSourceToken is t widens",
        ),
    ] {
        let new = format!("  X: {{Type: AWS::{kind}, Properties: {{{properties}}}}}\n");
        assert_eq!(whole(NOTHING, &new), [format!("+ X: {shown}")], "{kind}");
    }
    for (kind, properties) in [
        ("SQS::Queue", "ManagedPolicyArns: [p], Groups: [g]"),
        ("IAM::InstanceProfile", "ManagedPolicyArns: [p]"),
        ("Lambda::Function", "FunctionName: f, Action: a"),
    ] {
        let new = format!("  X: {{Type: AWS::{kind}, Properties: {{{properties}}}}}\n");
        assert!(whole(NOTHING, &new).is_empty(), "{kind}");
    }
}

#[test]
fn duplicates_are_shown_once_and_by_resource() {
    let twice =
        "[{Effect: Allow, Action: [b, a], Resource: r}, {Effect: Allow, Action: a, Resource: r}]";
    let of = |id: &str| format!("  {id}: {{Type: AWS::IAM::Role, Properties: {{P: {twice}}}}}\n");
    assert_eq!(
        whole(NOTHING, &(of("Zoe") + &of("Amy"))),
        [
            "+ Amy: Allow Amy b,a r widens",
            "+ Zoe: Allow Zoe b,a r widens"
        ]
    );
}
