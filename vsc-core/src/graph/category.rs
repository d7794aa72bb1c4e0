//! Categories of services, for their colours.

/// A category of services, as in the AWS console and its architecture icons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Category {
    /// Machines and functions.
    Compute,
    /// Networks, names and load balancers.
    Network,
    /// Identities, secrets and keys.
    Security,
    /// Files and volumes.
    Storage,
    /// Databases.
    Database,
    /// Messages, events and workflows.
    Messages,
    /// Logs, metrics and stacks.
    Management,
    /// Everything else.
    Other,
    /// Parameters of the template.
    Parameter,
    /// Conditions of the template.
    Condition,
    /// Outputs of the template.
    Output,
}

/// Types with another category than their service.
const TYPES: [(&str, Category); 8] = [
    ("AWS::EC2::Instance", Category::Compute),
    ("AWS::EC2::LaunchTemplate", Category::Compute),
    ("AWS::EC2::SpotFleet", Category::Compute),
    ("AWS::EC2::EC2Fleet", Category::Compute),
    ("AWS::EC2::Host", Category::Compute),
    ("AWS::EC2::KeyPair", Category::Security),
    ("AWS::EC2::Volume", Category::Storage),
    ("AWS::EC2::VolumeAttachment", Category::Storage),
];

const SERVICES: [(Category, &[&str]); 7] = [
    (
        Category::Compute,
        &[
            "AutoScaling",
            "Batch",
            "ECS",
            "EKS",
            "ElasticBeanstalk",
            "Lambda",
            "Lightsail",
            "Serverless",
        ],
    ),
    (
        Category::Network,
        &[
            "ApiGateway",
            "ApiGatewayV2",
            "CloudFront",
            "EC2",
            "ElasticLoadBalancing",
            "ElasticLoadBalancingV2",
            "GlobalAccelerator",
            "NetworkFirewall",
            "Route53",
            "Route53Resolver",
            "VpcLattice",
        ],
    ),
    (
        Category::Security,
        &[
            "ACMPCA",
            "AccessAnalyzer",
            "CertificateManager",
            "Cognito",
            "GuardDuty",
            "IAM",
            "KMS",
            "SSO",
            "SecretsManager",
            "SecurityHub",
            "WAFv2",
        ],
    ),
    (
        Category::Storage,
        &["Backup", "DLM", "ECR", "EFS", "FSx", "S3", "S3Express"],
    ),
    (
        Category::Database,
        &[
            "DAX",
            "DocDB",
            "DynamoDB",
            "ElastiCache",
            "MemoryDB",
            "Neptune",
            "RDS",
            "Redshift",
            "Timestream",
        ],
    ),
    (
        Category::Messages,
        &[
            "AmazonMQ",
            "EventSchemas",
            "Events",
            "Kinesis",
            "KinesisFirehose",
            "MSK",
            "Pipes",
            "SES",
            "SNS",
            "SQS",
            "Scheduler",
            "StepFunctions",
        ],
    ),
    (
        Category::Management,
        &[
            "Budgets",
            "Chatbot",
            "CloudFormation",
            "CloudTrail",
            "CloudWatch",
            "Config",
            "Logs",
            "SSM",
            "ServiceCatalog",
        ],
    ),
];

impl Category {
    /// All categories, in the order of the legend.
    pub const ALL: [Self; 11] = [
        Self::Compute,
        Self::Network,
        Self::Security,
        Self::Storage,
        Self::Database,
        Self::Messages,
        Self::Management,
        Self::Other,
        Self::Parameter,
        Self::Condition,
        Self::Output,
    ];

    /// The category of a resource type.
    pub fn of(type_name: &str) -> Self {
        if let Some((_, category)) = TYPES.iter().find(|(name, _)| *name == type_name) {
            return *category;
        }
        let service = type_name.split("::").nth(1).unwrap_or_default();
        let mut services = SERVICES.iter();
        let found = services.find(|(_, services)| services.contains(&service));
        found.map_or(Self::Other, |(category, _)| *category)
    }

    /// Its name, in lower case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compute => "compute",
            Self::Network => "network",
            Self::Security => "security",
            Self::Storage => "storage",
            Self::Database => "database",
            Self::Messages => "messages",
            Self::Management => "management",
            Self::Other => "other",
            Self::Parameter => "parameter",
            Self::Condition => "condition",
            Self::Output => "output",
        }
    }

    /// Its colour, which is visible on white and on black.
    pub const fn colour(self) -> &'static str {
        match self {
            Self::Compute => "#e8790c",
            Self::Network => "#8b5cf6",
            Self::Security => "#e0435c",
            Self::Storage => "#4f9a1f",
            Self::Database => "#3b74f0",
            Self::Messages => "#d6409f",
            Self::Management => "#0f9aa8",
            Self::Other => "#7c8798",
            Self::Parameter => "#b58900",
            Self::Condition => "#a0826d",
            Self::Output => "#2aa07a",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_come_before_their_services() {
        assert_eq!(Category::of("AWS::EC2::Instance"), Category::Compute);
        assert_eq!(Category::of("AWS::EC2::Subnet"), Category::Network);
        assert_eq!(Category::of("Custom::Lookup"), Category::Other);
    }

    #[test]
    fn every_service_exists() {
        let names: Vec<&str> = vsc_spec::resource::names().collect();
        for (_, services) in SERVICES {
            for service in services {
                let prefix = format!("AWS::{service}::");
                assert!(
                    names.iter().any(|name| name.starts_with(&prefix)),
                    "{service}"
                );
            }
        }
    }
}
