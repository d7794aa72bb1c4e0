//! Values and templates made from bytes: each byte is a choice, so that a fuzzer learns which ones lead
//! further.

use arbitrary::Unstructured;
use vsc::{Json, Object};

/// Strings with a meaning to a reader, a writer or a rule.
const TEXTS: [&str; 72] = [
    "",
    " ",
    "a",
    "A",
    "B",
    "C",
    "P",
    "Q",
    "é",
    "🤖",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\u{1b}[1m",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffe}",
    "\u{10ffff}",
    ".",
    "..",
    "A.B",
    "A.Arn",
    "-",
    "- a",
    "--- ",
    "...",
    "?",
    ":",
    ": ",
    "a: b",
    "a:",
    "#",
    " #",
    "a #b",
    "'",
    "\"",
    "\\",
    "\\u0041",
    "`",
    "*a",
    "&a",
    "!Ref A",
    "%",
    "@",
    "|",
    "|-\n a",
    ">",
    "{",
    "}",
    "[",
    "]",
    ",",
    "~",
    "null",
    "yes",
    "on",
    "010",
    "0x1f",
    "1e3",
    "1:30",
    "2012-10-17",
    ".5",
    "-1",
    "=",
    "<<",
    "${A}",
    "${P.Q}${!L}",
];

/// A string or a name: a few pieces, one after the other.
fn text(u: &mut Unstructured<'_>) -> String {
    let count = pick(u, &[1, 1, 1, 2, 3, 5, 8, 0]);
    let mut text: String = (0..count).map(|_| piece(u)).collect();
    if u.ratio(1, 64).unwrap_or(false) {
        // Longer than a name in YAML may be, and than most limits.
        text = text.repeat(1_100 / text.len().max(1) + 1);
    }
    text
}

fn piece(u: &mut Unstructured<'_>) -> String {
    match u.arbitrary::<u8>().unwrap_or(0) {
        0..=199 => pick(u, &TEXTS).to_owned(),
        200..=239 => u.arbitrary::<char>().unwrap_or('c').to_string(),
        _ => (*pick(
            u,
            &[
                " a", "a ", "a\nb\n", "a\n\n", "\n\n", " a\n b", "a b", "A-1",
            ],
        ))
        .to_owned(),
    }
}

fn pick<T: Copy>(u: &mut Unstructured<'_>, from: &[T]) -> T {
    let index = u.arbitrary::<u8>().unwrap_or(0);
    from[usize::from(index) % from.len()]
}

/// A JSON value. When the bytes have run out, it is 0.
fn value(u: &mut Unstructured<'_>, depth: usize) -> Json {
    let kinds = if depth == 0 || u.is_empty() { 9 } else { 16 };
    match u.arbitrary::<u8>().unwrap_or(0) % kinds {
        0 => Json::Null,
        1 => Json::Bool(u.arbitrary().unwrap_or(false)),
        2 => Json::Integer(u.arbitrary::<i8>().unwrap_or(0).into()),
        3 => Json::Integer(pick(
            u,
            &[i64::MIN, i64::MAX, 0, -1, 65_535, 1 << 53, 4_294_967_296],
        )),
        4 => Json::Number(number(u)),
        5..=8 => Json::from(text(u)),
        9..=10 => {
            let count = pick(u, &[0, 1, 2, 3]);
            Json::Array((0..count).map(|_| value(u, depth - 1)).collect())
        }
        11..=12 => {
            let mut object = Object::new();
            for _ in 0..pick(u, &[0, 1, 2, 3]) {
                object.insert(text(u), value(u, depth - 1));
            }
            Json::Object(object)
        }
        _ => call(u, depth - 1),
    }
}

/// A number with a fraction: an integral one is written with a point.
fn number(u: &mut Unstructured<'_>) -> f64 {
    let any = f64::from_bits(u.arbitrary().unwrap_or(0));
    let some = [
        0.5,
        -0.25,
        1.0,
        1e21,
        1.5e-7,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
        1e300,
        0.1,
        3.0e10,
    ];
    match u.arbitrary::<u8>().unwrap_or(0) {
        0..=99 if any.is_finite() => any,
        _ => pick(u, &some),
    }
}

const FUNCTIONS: [&str; 22] = [
    "Ref",
    "Condition",
    "Fn::And",
    "Fn::Base64",
    "Fn::Cidr",
    "Fn::Equals",
    "Fn::FindInMap",
    "Fn::GetAZs",
    "Fn::GetAtt",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::Join",
    "Fn::Not",
    "Fn::Or",
    "Fn::Select",
    "Fn::Split",
    "Fn::Sub",
    "Fn::Transform",
    "Fn::ForEach::X",
    "Fn::Length",
    "Fn::ToJsonString",
    "Fn::Nothing",
];

/// A function with arguments of a shape that many accept.
fn call(u: &mut Unstructured<'_>, depth: usize) -> Json {
    let name = pick(u, &FUNCTIONS);
    let id = pick(u, &IDS);
    let argument = match u.arbitrary::<u8>().unwrap_or(0) % 7 {
        0 => Json::from(id),
        1 => Json::array([
            Json::from(id),
            Json::from(pick(u, &["Arn", "A.B", "", "GroupId"])),
        ]),
        2 => Json::array([Json::from(id), value(u, depth), value(u, depth)]),
        3 => Json::array([
            Json::from(","),
            Json::array([value(u, depth), value(u, depth)]),
        ]),
        4 => Json::from(format!("{}${{{id}}}", piece(u))),
        5 => Json::object([(name, value(u, depth))]),
        _ => value(u, depth),
    };
    Json::object([(name, argument)])
}

/// Logical IDs, few enough that references have targets.
const IDS: [&str; 8] = [
    "A",
    "B",
    "C",
    "P",
    "Q",
    "AWS::Region",
    "a-b",
    "AWS::NoValue",
];

/// Types, and properties that many of them have.
const TYPES: [&str; 14] = [
    "AWS::EC2::SecurityGroup",
    "AWS::EC2::SecurityGroupIngress",
    "AWS::EC2::Instance",
    "AWS::EC2::VPC",
    "AWS::S3::Bucket",
    "AWS::IAM::Role",
    "AWS::IAM::Policy",
    "AWS::Lambda::Function",
    "AWS::SNS::Topic",
    "AWS::SQS::QueuePolicy",
    "AWS::Serverless::Function",
    "AWS::CloudFormation::WaitCondition",
    "Custom::A",
    "AWS::No::Type",
];

const PROPERTIES: [&str; 22] = [
    "GroupDescription",
    "SecurityGroupIngress",
    "CidrIp",
    "FromPort",
    "ToPort",
    "IpProtocol",
    "Tags",
    "PolicyDocument",
    "AssumeRolePolicyDocument",
    "Policies",
    "ManagedPolicyArns",
    "PolicyName",
    "Roles",
    "ImageId",
    "InstanceType",
    "UserData",
    "CidrBlock",
    "BucketName",
    "Handler",
    "Runtime",
    "Code",
    "ServiceToken",
];

/// A reference to something that may exist.
fn reference(u: &mut Unstructured<'_>) -> Json {
    let id = pick(u, &["A", "B", "C", "P"]);
    match u.arbitrary::<u8>().unwrap_or(0) % 3 {
        0 => Json::object([("Ref", Json::from(id))]),
        1 => Json::object([("Fn::GetAtt", Json::array([id, "Arn"]))]),
        _ => Json::object([("Fn::Sub", Json::from(format!("a ${{{id}}}")))]),
    }
}

/// A plausible value of a property.
fn property(u: &mut Unstructured<'_>, depth: usize) -> Json {
    match u.arbitrary::<u8>().unwrap_or(0) % 8 {
        0 => Json::from(pick(
            u,
            &[
                "10.0.0.0/16",
                "0.0.0.0/0",
                "tcp",
                "-1",
                "t3.micro",
                "ami-0123456789abcdef0",
            ],
        )),
        1 => Json::Integer(pick(u, &[22, 80, 443, 0, 65_535, -1])),
        2 => policy(u, depth),
        3 => Json::array([ingress(u)]),
        4 => Json::array([Json::object([("Key", value(u, 0)), ("Value", value(u, 1))])]),
        5 => reference(u),
        6 => Json::array([reference(u), reference(u)]),
        _ => value(u, depth),
    }
}

fn ingress(u: &mut Unstructured<'_>) -> Json {
    let port = Json::Integer(pick(u, &[22, 80, 443, 0, 65_535]));
    let to = Json::Integer(pick(u, &[22, 80, 443, 0, 65_535]));
    let protocol = Json::from(pick(u, &["tcp", "udp", "-1", "6", "icmp"]));
    let peer = Json::from(pick(u, &["10.0.0.0/16", "0.0.0.0/0", "10.1.2.3/32"]));
    Json::object([
        ("IpProtocol", protocol),
        ("FromPort", port),
        ("ToPort", to),
        ("CidrIp", peer),
    ])
}

fn policy(u: &mut Unstructured<'_>, depth: usize) -> Json {
    let statements = (0..pick(u, &[1, 2, 0])).map(|_| {
        Json::object([
            ("Effect", Json::from(pick(u, &["Allow", "Deny", "allow"]))),
            (
                "Action",
                Json::from(pick(
                    u,
                    &["*", "s3:*", "s3:GetObject", "sts:AssumeRole", "x"],
                )),
            ),
            (pick(u, &["Resource", "Principal"]), value(u, depth.min(1))),
        ])
    });
    let statements = Json::Array(statements.collect());
    Json::object([
        ("Version", Json::from("2012-10-17")),
        ("Statement", statements),
    ])
}

fn resource(u: &mut Unstructured<'_>) -> Json {
    let mut resource = Object::new();
    resource.insert("Type", Json::from(pick(u, &TYPES)));
    let mut properties = Object::new();
    for _ in 0..pick(u, &[1, 2, 3, 0]) {
        properties.insert(pick(u, &PROPERTIES), property(u, 3));
    }
    resource.insert("Properties", Json::Object(properties));
    for _ in 0..pick(u, &[0, 0, 1, 2]) {
        let options = [
            "DependsOn",
            "Condition",
            "DeletionPolicy",
            "UpdateReplacePolicy",
            "Metadata",
            "CreationPolicy",
            "UpdatePolicy",
            "X",
        ];
        resource.insert(pick(u, &options), value(u, 2));
    }
    Json::Object(resource)
}

/// A section other than the resources.
fn section(u: &mut Unstructured<'_>, template: &mut Object) {
    let id = pick(u, &IDS);
    let (name, element) = match u.arbitrary::<u8>().unwrap_or(0) % 8 {
        0 => (
            "Parameters",
            Json::object([("Type", Json::from(pick(u, &["String", "Number", "X"])))]),
        ),
        1 => (
            "Parameters",
            Json::object([("Type", Json::from("String")), ("Default", value(u, 1))]),
        ),
        2 => ("Conditions", call(u, 2)),
        3 => ("Outputs", Json::object([("Value", value(u, 2))])),
        4 => (
            "Mappings",
            Json::object([("a", Json::object([("b", value(u, 1))]))]),
        ),
        5 => ("Rules", Json::object([("Assertions", value(u, 3))])),
        6 => ("Metadata", value(u, 2)),
        _ => {
            let odd = [
                "Transform",
                "Description",
                "Hooks",
                "Resources",
                "AWSTemplateFormatVersion",
                "X",
            ];
            return template.insert(pick(u, &odd), value(u, 3));
        }
    };
    let mut section = template
        .get(name)
        .and_then(Json::as_object)
        .cloned()
        .unwrap_or_default();
    section.insert(id, element);
    template.insert(name, Json::Object(section));
}

/// Any value.
pub(crate) fn value_of(data: &[u8]) -> Json {
    value(&mut Unstructured::new(data), 5)
}

/// A template with valid sections and invalid values.
pub(crate) fn template_of(data: &[u8]) -> Json {
    let u = &mut Unstructured::new(data);
    let mut template = Object::new();
    let mut resources = Object::new();
    for _ in 0..pick(u, &[1, 2, 3, 4]) {
        resources.insert(pick(u, &IDS), resource(u));
    }
    template.insert("Resources", Json::Object(resources));
    for _ in 0..pick(u, &[0, 1, 2, 4]) {
        section(u, &mut template);
    }
    Json::Object(template)
}

/// The template with some of its values changed, by the last of the bytes.
pub(crate) fn changed(template: &Json, data: &[u8]) -> Json {
    let backwards: Vec<u8> = data.iter().rev().copied().collect();
    let u = &mut Unstructured::new(&backwards);
    change(u, template, 0)
}

fn change(u: &mut Unstructured<'_>, old: &Json, depth: usize) -> Json {
    if depth > 1 && u.ratio(1, 12).unwrap_or(false) {
        return property(u, 2);
    }
    match old {
        Json::Array(items) => {
            let mut items: Vec<Json> = items
                .iter()
                .map(|item| change(u, item, depth + 1))
                .collect();
            if u.ratio(1, 12).unwrap_or(false) {
                items.reverse();
            }
            Json::Array(items)
        }
        Json::Object(members) => {
            let mut object = Object::new();
            for (name, member) in members.iter() {
                let kept = depth == 0 || !u.ratio(1, 12).unwrap_or(false);
                if kept {
                    object.insert(name.to_owned(), change(u, member, depth + 1));
                } else if u.ratio(1, 2).unwrap_or(false) {
                    object.insert(pick(u, &IDS), member.clone());
                }
            }
            Json::Object(object)
        }
        scalar => scalar.clone(),
    }
}

/// One of several, for other modules that make choices from bytes.
pub(crate) fn choice<T: Copy>(u: &mut Unstructured<'_>, from: &[T]) -> T {
    pick(u, from)
}

/// Any string.
pub(crate) fn any_text(u: &mut Unstructured<'_>) -> String {
    text(u)
}
