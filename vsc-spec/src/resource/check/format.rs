//! The `format` of strings.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Checker, Target, escape, scalar};
use crate::diagnostic::Diagnostic;
use crate::team::Cidr;

/// The pattern of each identifier format, and an example of its values.
///
/// Forms: the "Format" of each identifier in the AWS service references.
const IDENTIFIERS: [(&str, &str, &str); 16] = [
    (
        "AWS::EC2::VPC.Id",
        "^vpc-([0-9a-f]{8}|[0-9a-f]{17})$",
        "vpc-0a1b2c3d4e5f67890",
    ),
    (
        "AWS::EC2::Subnet.Id",
        "^subnet-([0-9a-f]{8}|[0-9a-f]{17})$",
        "subnet-0a1b2c3d4e5f67890",
    ),
    (
        "AWS::EC2::SecurityGroup.Id",
        "^sg-([0-9a-fA-F]{8}|[0-9a-fA-F]{17})$",
        "sg-0a1b2c3d4e5f67890",
    ),
    (
        "AWS::EC2::SecurityGroup.Name",
        r"^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$",
        "web-servers",
    ),
    (
        "AWS::EC2::Image.Id",
        "^ami-([0-9a-z]{8}|[0-9a-z]{17})$",
        "ami-0a1b2c3d4e5f67890",
    ),
    (
        "AWS::IAM::Role.Arn",
        r"^arn:aws[A-Za-z\-]*:iam::\d{12}:role/.+$",
        "arn:aws:iam::123456789012:role/name",
    ),
    (
        "AWS::KMS::Key.Arn",
        r"^arn:aws[A-Za-z\-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)/.+$",
        "arn:aws:kms:eu-west-1:123456789012:key/…",
    ),
    (
        "AWS::KMS::Key.Id",
        "^(mrk-[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$",
        "1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    (
        "AWS::KMS::Alias.AliasName",
        "^alias/[a-zA-Z0-9:/_-]+$",
        "alias/name",
    ),
    (
        "AWS::S3::Bucket.Name",
        r"^(?![.\-])(?!.*\.\.)(?!.*-\.)(?!.*\.-)[a-z0-9.\-]{2,62}[a-z0-9]$",
        "acme-backups",
    ),
    (
        "AWS::SNS::Topic.Arn",
        r"^arn:aws[A-Za-z\-]*:sns:[a-z0-9-]+:\d{12}:.+$",
        "arn:aws:sns:eu-west-1:123456789012:name",
    ),
    (
        "AWS::SQS::Queue.Arn",
        r"^arn:aws[A-Za-z\-]*:sqs:[a-z0-9-]+:\d{12}:.+$",
        "arn:aws:sqs:eu-west-1:123456789012:name",
    ),
    (
        "AWS::Lambda::Function.Arn",
        r"^arn:aws[A-Za-z\-]*:lambda:[a-z0-9-]+:\d{12}:function:.+$",
        "arn:aws:lambda:eu-west-1:123456789012:function:name",
    ),
    (
        "AWS::ACM::Certificate.Arn",
        r"^arn:aws[A-Za-z\-]*:acm:[a-z0-9-]+:\d{12}:certificate/.+$",
        "arn:aws:acm:eu-west-1:123456789012:certificate/…",
    ),
    (
        "AWS::Logs::LogGroup.Name",
        r"^[.\-_/#A-Za-z0-9]{1,512}$",
        "/acme/application",
    ),
    (
        "AWS::Route53::HostedZone.Id",
        "^[A-Z0-9]{1,32}$",
        "Z0123456789ABCDEFGHIJ",
    ),
];

/// Whether the string is a date with a time, on a day of the calendar.
fn is_date_time(text: &str) -> bool {
    let number = |from, to| {
        text.get(from..to)
            .and_then(|digits| digits.parse::<u32>().ok())
    };
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    day <= days && scalar::matches(DATE_TIME, text)
}

/// RFC 3339, section 5.6, which ignores the case of `T` and `Z`.
const DATE_TIME: &str = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$";

impl Checker<'_> {
    pub(super) fn format(&mut self, format: &str, text: &str) {
        if escape::takes(&self.resource.name, format, text) {
            return;
        }
        let diagnostic = match format {
            "ipv4-network" if !is_network::<Ipv4Addr>(text, 32) => {
                Diagnostic::new(format!("{text:?} is not an IPv4 address range"))
                    .note("expected an address and a prefix length from 0 to 32")
                    .help("for example `203.0.113.0/24`")
            }
            "ipv6-network" if !is_network::<Ipv6Addr>(text, 128) => {
                Diagnostic::new(format!("{text:?} is not an IPv6 address range"))
                    .note("expected an address and a prefix length from 0 to 128")
                    .help("for example `2001:db8::/32`")
            }
            "ipv4-network" | "ipv6-network" => match Cidr::new(text) {
                Err(diagnostic) => diagnostic.into(),
                Ok(_) => return,
            },
            "ipv4" if text.parse::<Ipv4Addr>().is_err() => {
                Diagnostic::new(format!("{text:?} is not an IPv4 address"))
                    .help("for example `203.0.113.10`")
            }
            "ipv6" if text.parse::<Ipv6Addr>().is_err() => {
                Diagnostic::new(format!("{text:?} is not an IPv6 address"))
                    .help("for example `2001:db8::10`")
            }
            "date-time" if !is_date_time(text) => {
                Diagnostic::new(format!("{text:?} is not a valid date and time"))
                    .note("expected a date, `T`, a time, and `Z` or an offset (RFC 3339)")
                    .help("for example `2027-01-31T09:00:00Z`")
            }
            _ => match IDENTIFIERS.iter().find(|(known, ..)| *known == format) {
                Some((_, pattern, example)) if !scalar::matches(pattern, text) => {
                    malformed(format, text).help(format!("for example `{example}`"))
                }
                _ => return,
            },
        };
        self.reject(Target::Value, diagnostic);
    }
}

impl Checker<'_> {
    /// The error about a string that has none of the formats.
    pub(super) fn none_of(&self, formats: &[&str]) -> Diagnostic {
        let words: Vec<String> = formats
            .iter()
            .map(|format| format!("the {}", in_words(format)))
            .collect();
        let examples: Vec<String> = IDENTIFIERS
            .iter()
            .filter(|(known, ..)| formats.contains(known))
            .map(|(.., example)| format!("`{example}`"))
            .collect();
        Diagnostic::new(format!(
            "{} matches none of its possible forms",
            self.subject()
        ))
        .note(format!("expected {}", words.join(", or ")))
        .help(format!("for example {}", examples.join(", ")))
    }
}

/// The name of each identifier format, and the characters of its values.
const WORDS: [(&str, &str, &str); 16] = [
    ("AWS::ACM::Certificate.Arn", "ARN of an ACM certificate", ""),
    (
        "AWS::EC2::Image.Id",
        "AMI ID",
        "`ami-` and 8 or 17 letters and digits",
    ),
    (
        "AWS::EC2::SecurityGroup.Id",
        "security group ID",
        "`sg-` and 8 or 17 hexadecimal digits",
    ),
    (
        "AWS::EC2::SecurityGroup.Name",
        "security group name",
        "use letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*",
    ),
    (
        "AWS::EC2::Subnet.Id",
        "subnet ID",
        "`subnet-` and 8 or 17 hexadecimal digits",
    ),
    (
        "AWS::EC2::VPC.Id",
        "VPC ID",
        "`vpc-` and 8 or 17 hexadecimal digits",
    ),
    ("AWS::IAM::Role.Arn", "ARN of an IAM role", ""),
    (
        "AWS::KMS::Alias.AliasName",
        "alias of a KMS key",
        "`alias/` and letters, digits and :/_-",
    ),
    ("AWS::KMS::Key.Arn", "ARN of a KMS key", ""),
    (
        "AWS::KMS::Key.Id",
        "ID of a KMS key",
        "a UUID, or `mrk-` and 32 hexadecimal digits",
    ),
    ("AWS::Lambda::Function.Arn", "ARN of a Lambda function", ""),
    (
        "AWS::Logs::LogGroup.Name",
        "log group name",
        "use at most 512 letters, digits and .-_/#",
    ),
    (
        "AWS::Route53::HostedZone.Id",
        "hosted zone ID",
        "use at most 32 of A–Z and 0–9",
    ),
    (
        "AWS::S3::Bucket.Name",
        "bucket name",
        "use 3 to 63 of a–z, 0–9, `.` and `-`, with a letter or digit at both ends and no two `.` in a row",
    ),
    ("AWS::SNS::Topic.Arn", "ARN of an SNS topic", ""),
    ("AWS::SQS::Queue.Arn", "ARN of an SQS queue", ""),
];

fn malformed(format: &str, text: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(format!("{text:?} is not a valid {}", in_words(format)));
    match WORDS.iter().find(|(known, ..)| *known == format) {
        Some((_, _, form)) if !form.is_empty() => diagnostic.note(*form),
        _ => diagnostic,
    }
}

/// The name of a format's values: `AMI ID`.
fn in_words(format: &str) -> &str {
    let known = WORDS.iter().find(|(known, ..)| *known == format);
    known.map_or(format, |(_, words, _)| words)
}

/// The error about a string that is not an IP address range of either version.
pub(super) fn not_a_network(text: &str) -> Option<Diagnostic> {
    let is_one = is_network::<Ipv4Addr>(text, 32) || is_network::<Ipv6Addr>(text, 128);
    (!is_one).then(|| {
        Diagnostic::new(format!("{text:?} is not an IP address range"))
            .note("expected an address, `/` and a prefix length")
            .help("for example `10.0.0.0/16`")
    })
}

fn is_network<A: std::str::FromStr>(text: &str, longest: u8) -> bool {
    text.split_once('/').is_some_and(|(address, prefix)| {
        address.parse::<A>().is_ok()
            && prefix.bytes().all(|byte| byte.is_ascii_digit())
            && prefix.parse::<u8>().is_ok_and(|prefix| prefix <= longest)
    })
}
