//! Values that a service accepts although they do not match the format or the pattern.

use super::scalar;

/// The format `AWS::EC2::Image.Id` of a launch: a parameter of Parameter Store, by its name, with its
/// version or label, or by its ARN.
const PARAMETER: &str = r"^resolve:ssm:[a-zA-Z0-9_.\-/:]+$";
/// A variable that the service substitutes.
const VARIABLE: &str = r"\$\{[^}]+\}";

/// Types, formats, and the pattern that is accepted instead; an empty format is any.
const ESCAPES: &[(&str, &str, &str)] = &[
    // Amazon EC2 API Reference, "RequestLaunchTemplateData", "FleetLaunchTemplateOverridesRequest"
    // (`ImageId`); Amazon EC2 User Guide, "Reference AMIs using Systems Manager parameters".
    ("AWS::EC2::LaunchTemplate", "AWS::EC2::Image.Id", PARAMETER),
    ("AWS::EC2::EC2Fleet", "AWS::EC2::Image.Id", PARAMETER),
    ("AWS::EC2::Instance", "AWS::EC2::Image.Id", PARAMETER),
    // Amazon EC2 Auto Scaling User Guide, "Use AWS Systems Manager parameters instead of AMI IDs".
    (
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::EC2::Image.Id",
        PARAMETER,
    ),
    // AWS IoT Core Developer Guide, "Substitution templates".
    ("AWS::IoT::TopicRule", "", VARIABLE),
    // Amazon EMR on EKS Development Guide, "Job templates": parameters.
    ("AWS::EMRContainers::JobTemplate", "", VARIABLE),
    // AWS IoT Greengrass Developer Guide, V1: system functions have no region and account.
    (
        "AWS::Greengrass::FunctionDefinition",
        "AWS::Lambda::Function.Arn",
        "^arn:aws[a-zA-Z-]*:lambda:::function:.+$",
    ),
    (
        "AWS::Greengrass::FunctionDefinitionVersion",
        "AWS::Lambda::Function.Arn",
        "^arn:aws[a-zA-Z-]*:lambda:::function:.+$",
    ),
    // QuickSight topics are not SNS topics.
    (
        "AWS::QuickSight::Analysis",
        "AWS::SNS::Topic.Arn",
        "^arn:aws[a-zA-Z-]*:quicksight:",
    ),
    (
        "AWS::QuickSight::Dashboard",
        "AWS::SNS::Topic.Arn",
        "^arn:aws[a-zA-Z-]*:quicksight:",
    ),
    (
        "AWS::QuickSight::Template",
        "AWS::SNS::Topic.Arn",
        "^arn:aws[a-zA-Z-]*:quicksight:",
    ),
    // CloudFormation generates a name for an empty one.
    ("AWS::S3::Bucket", "AWS::S3::Bucket.Name", "^$"),
];

/// Whether the service accepts the string although it does not have the format.
pub(super) fn takes(type_name: &str, format: &str, text: &str) -> bool {
    ESCAPES.iter().any(|(known, of, pattern)| {
        *known == type_name && (of.is_empty() || *of == format) && scalar::matches(pattern, text)
    })
}
