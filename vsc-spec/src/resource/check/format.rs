//! What a text is, by its schema's `format`.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Checker, Target, scalar};
use crate::finding::Finding;
use crate::team::Cidr;

/// How the values of an identifying format are written, and an example of one.
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

/// RFC 3339, section 5.6.
const DATE_TIME: &str = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$";

impl Checker<'_> {
    pub(super) fn format(&mut self, format: &str, text: &str) {
        let finding = match format {
            "ipv4-network" if !is_network::<Ipv4Addr>(text, 32) => {
                Finding::new(format!("{text:?} is not a range of IPv4 addresses"))
                    .why("an address and a prefix length from 0 to 32")
                    .help("for example `203.0.113.0/24`")
            }
            "ipv6-network" if !is_network::<Ipv6Addr>(text, 128) => {
                Finding::new(format!("{text:?} is not a range of IPv6 addresses"))
                    .why("an address and a prefix length from 0 to 128")
                    .help("for example `2001:db8::/32`")
            }
            "ipv4-network" | "ipv6-network" => match Cidr::new(text) {
                Err(finding) => finding.into(),
                Ok(_) => return,
            },
            "date-time" if !scalar::matches(DATE_TIME, text) => {
                Finding::new(format!("{text:?} is no date with a time"))
                    .why("it takes a date, `T`, a time and `Z` or an offset, as RFC 3339 has them")
                    .help("for example `2027-01-31T09:00:00Z`")
            }
            _ => match IDENTIFIERS.iter().find(|(known, ..)| *known == format) {
                Some((_, pattern, example)) if !scalar::matches(pattern, text) => Finding::new(
                    format!("{text:?} is not what {} identifies", self.subject()),
                )
                .why(format!("it takes {}", in_words(format)))
                .help(format!("for example `{example}`")),
                _ => return,
            },
        };
        self.refuse(Target::Value, finding);
    }
}

impl Checker<'_> {
    /// The refusal of a text that is of none of the formats.
    pub(super) fn none_of(&self, formats: &[&str]) -> Finding {
        let words: Vec<String> = formats.iter().map(|format| in_words(format)).collect();
        let examples: Vec<String> = IDENTIFIERS
            .iter()
            .filter(|(known, ..)| formats.contains(known))
            .map(|(.., example)| format!("`{example}`"))
            .collect();
        Finding::new(format!("this is not what {} identifies", self.subject()))
            .why(format!("it takes {}", words.join(", or ")))
            .help(format!("for example {}", examples.join(", ")))
    }
}

/// `AWS::EC2::VPC.Id` as `the Id of an AWS::EC2::VPC`.
fn in_words(format: &str) -> String {
    match format.split_once('.') {
        Some((resource, property)) => format!("the {property} of an `{resource}`"),
        None => format.to_owned(),
    }
}

/// What is wrong with a range of addresses, of either family.
pub(super) fn not_a_network(text: &str) -> Option<Finding> {
    let is_one = is_network::<Ipv4Addr>(text, 32) || is_network::<Ipv6Addr>(text, 128);
    (!is_one).then(|| {
        Finding::new(format!("{text:?} is not a range of addresses"))
            .why("an address, `/` and a prefix length")
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
