//! A function adds to the stack of the pattern.

use vsc::prelude::*;

#[team_ide(users = ["alice", "bob"], domain = "code.x.com", extend = add_backups)]
struct AcmeIde;

fn add_backups(stack: &mut Stack, ide: &mut TeamStack<'_>) {
    let backups = resource!(stack, Backups: AWS::S3::Bucket {
        BucketName: format!("{}-backups", ide.name()),
        VersioningConfiguration: { Status: "Enabled" },
    } with { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    let bucket = backups.arn();
    ide.allow_host(Statement::allow(["s3:ListBucket"], [&bucket]).sid("ListBackups"));
    ide.boot_file("/etc/backups", "000644", &backups);
    ide.boot_command("10-backups", "systemctl enable --now backups.timer");
    resource!(stack, CpuAlarm: AWS::CloudWatch::Alarm {
        ComparisonOperator: "GreaterThanThreshold",
        EvaluationPeriods: 3,
        MetricName: "CPUUtilization",
        Namespace: "AWS/EC2",
        Period: 300,
        Statistic: "Average",
        Threshold: 90,
        Dimensions: [{ Name: "InstanceId", Value: ide.host() }],
    });
    for user in ide.users() {
        resource!(stack, (user.logical_id("Alias")): AWS::Route53::RecordSet {
            HostedZoneId: "Z0123456789ABCDEFGHIJ",
            Name: format!("{}.ide.x.com", user.name().as_str()),
            Type: "CNAME",
            TTL: "60",
            ResourceRecords: [user.fqdn()],
        } with { DependsOn: [ide.record("alice").expect("she is in the team")] });
    }
    stack.output("BackupsArn", bucket);
    stack.output("SecurityGroup", ide.security_group());
}

fn main() {
    let ide = <AcmeIde as vsc::Declared>::DECLARATION.check().expect("it is right");
    let stack = vsc::pattern::extended(&ide, <AcmeIde as vsc::Declared>::EXTEND);
    let yaml = stack.finish().expect("nothing is wrong with it").to_yaml_string();
    for part in [
        "Backups:",
        "CpuAlarm:",
        "BobAlias:",
        "Sid: ListBackups",
        "Value: !Ref Host",
        "/etc/backups:",
        "- extension",
    ] {
        assert!(yaml.contains(part), "{part} is missing");
    }
}
