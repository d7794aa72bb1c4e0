use super::{each, members, reported, reported_as, thing};
use vsc_spec::resource::{Dialect, Keyword, ResourceType};

fn form(name: &str) -> Keyword {
    Keyword::Format(name.to_owned())
}

/// Valid and invalid values of a format, and the error about the last of these.
fn cases(name: &str, right: &[&str], wrong: &[&str], words: &str) {
    for text in right {
        assert_eq!(
            reported(&[form(name)], &quoted(text)),
            [""; 0],
            "{name}: {text}"
        );
    }
    let mut last = Vec::new();
    for text in wrong {
        last = reported(&[form(name)], &quoted(text));
        assert_eq!(last.len(), 1, "{name}: {text}");
    }
    assert_eq!(last, [format!("X: {words}")], "{name}");
}

fn quoted(text: &str) -> String {
    format!("'{text}'")
}

#[test]
fn addresses_and_their_ranges() {
    cases(
        "ipv4",
        &["0.0.0.0", "255.255.255.255"],
        &["256.0.0.0", "1.2.3", "::1", "1.2.3.4/32", "a"],
        "\"a\" is not an IPv4 address / = help: for example `203.0.113.10`",
    );
    cases(
        "ipv6",
        &["::", "2001:db8::1", "::ffff:192.0.2.1"],
        &["1.2.3.4", ":::", "2001:db8::/32", "a"],
        "\"a\" is not an IPv6 address / = help: for example `2001:db8::10`",
    );
    cases(
        "ipv4-network",
        &["0.0.0.0/0", "10.0.0.0/8", "192.0.2.1/32"],
        &[
            "10.0.0.0",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0.0/",
            "10.0.0.0/-1",
            "10.0.0/8",
            "::/0",
        ],
        "\"::/0\" is not an IPv4 address range / expected an address and a prefix length from 0 to 32 / = help: for example `203.0.113.0/24`",
    );
    cases(
        "ipv6-network",
        &["::/0", "2001:db8::/32", "2001:db8::1/128"],
        &["2001:db8::", "::/129", "::/+8", "10.0.0.0/8", "::/a"],
        "\"::/a\" is not an IPv6 address range / expected an address and a prefix length from 0 to 128 / = help: for example `2001:db8::/32`",
    );
    // Host bits.
    for (name, text) in [
        ("ipv4-network", "10.0.0.1/8"),
        ("ipv6-network", "2001:db8::1/32"),
    ] {
        let reported = reported(&[form(name)], &quoted(text));
        assert_eq!(reported.len(), 1, "{text}");
        assert!(reported[0].contains(text), "{reported:?}");
    }
}

#[test]
fn dates_are_in_the_calendar() {
    cases(
        "date-time",
        &[
            "2027-01-31T09:00:00Z",
            "2027-04-30t23:59:60z",
            "2028-02-29T00:00:00+23:59",
            "2000-02-29T00:00:00.123-00:00",
            "2027-02-28T00:00:00Z",
            "2027-12-31T00:00:00Z",
        ],
        &[
            "2027-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z",
            "2028-02-30T00:00:00Z",
            "2027-04-31T00:00:00Z",
            "2027-06-31T00:00:00Z",
            "2027-09-31T00:00:00Z",
            "2027-11-31T00:00:00Z",
            "2027-12-32T00:00:00Z",
            "2027-13-01T00:00:00Z",
            "2027-00-01T00:00:00Z",
            "2027-01-00T00:00:00Z",
            "2027-01-31T24:00:00Z",
            "2027-01-31 09:00:00Z",
            "2027-01-31T09:00:00",
            "2027-01-31",
            "ä",
            "",
        ],
        "\"\" is not a valid date and time / expected a date, `T`, a time, and `Z` or an offset (RFC 3339) / = help: for example `2027-01-31T09:00:00Z`",
    );
}

#[test]
fn identifiers_have_the_format_of_aws() {
    cases(
        "AWS::EC2::VPC.Id",
        &["vpc-0a1b2c3d", "vpc-0a1b2c3d4e5f67890"],
        &["vpc-0a1b2c3", "vpc-0A1B2C3D", "subnet-0a1b2c3d", "vpc"],
        "\"vpc\" is not a valid VPC ID / `vpc-` and 8 or 17 hexadecimal digits / = help: for example `vpc-0a1b2c3d4e5f67890`",
    );
    // Without a description of the characters.
    cases(
        "AWS::IAM::Role.Arn",
        &[
            "arn:aws:iam::123456789012:role/a",
            "arn:aws-cn:iam::123456789012:role/path/a",
        ],
        &[
            "arn:aws:iam::123456789012:user/a",
            "arn:aws:iam::12345:role/a",
            "role",
        ],
        "\"role\" is not a valid ARN of an IAM role / = help: for example `arn:aws:iam::123456789012:role/name`",
    );
    cases(
        "AWS::S3::Bucket.Name",
        &["acme-backups", "a.b", "3ab"],
        &["Acme", "a..b", ".ab", "-ab", "ab-", "a.-b", "a-.b", "ab"],
        "\"ab\" is not a valid bucket name / use 3 to 63 of a–z, 0–9, `.` and `-`, with a letter or digit at both ends and no two `.` in a row / = help: for example `acme-backups`",
    );
    // An unknown format requires nothing, and neither does one for an unknown value.
    each(&[form("AWS::Test::Thing.Id")], &[("anything", &[])]);
    each(
        &[form("AWS::EC2::VPC.Id")],
        &[
            ("{Ref: Vpc}", &[]),
            ("!Rust vpc", &[]),
            ("'{{resolve:ssm:vpc}}'", &[]),
        ],
    );
}

#[test]
fn some_services_accept_more() {
    let image = "AWS::EC2::Image.Id";
    let (function, topic) = ("AWS::Lambda::Function.Arn", "AWS::SNS::Topic.Arn");
    let parameter = "resolve:ssm:/images/golden:3";
    for (type_name, name, text, taken) in [
        ("AWS::EC2::LaunchTemplate", image, parameter, true),
        ("AWS::EC2::Instance", image, parameter, true),
        ("AWS::Test::Thing", image, parameter, false),
        ("AWS::EC2::Instance", topic, parameter, false),
        ("AWS::EC2::Instance", image, "resolve:ssm:", false),
        ("AWS::EC2::Instance", image, "ami-0a1b2c3d", true),
        // For any format.
        ("AWS::IoT::TopicRule", topic, "${topic}", true),
        ("AWS::IoT::TopicRule", image, "${image}", true),
        ("AWS::IoT::TopicRule", image, "image", false),
        (
            "AWS::Greengrass::FunctionDefinition",
            function,
            "arn:aws:lambda:::function:GGIPDetector:1",
            true,
        ),
        (
            "AWS::Lambda::Url",
            function,
            "arn:aws:lambda:::function:GGIPDetector:1",
            false,
        ),
        ("AWS::S3::Bucket", "AWS::S3::Bucket.Name", "", true),
        ("AWS::S3::BucketPolicy", "AWS::S3::Bucket.Name", "", false),
    ] {
        let resource = ResourceType {
            name: type_name.to_owned(),
            ..thing(&[members(&[("X", &[form(name)])])])
        };
        let reported = reported_as(
            &resource,
            Dialect::Rust,
            &format!("{{X: {}}}", quoted(text)),
        );
        assert_eq!(
            reported.is_empty(),
            taken,
            "{type_name} {name} {text}: {reported:?}"
        );
    }
}
