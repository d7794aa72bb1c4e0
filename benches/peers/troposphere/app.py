"""The quickstart with troposphere: the same resources with the same properties."""

import json
import os

from troposphere import (AWSHelperFn, GetAtt, Output, Parameter, Ref, Sub, Tags, Template, cloudwatch, ec2, iam,
                         policies, route53, secretsmanager)

with open(os.environ["METADATA"]) as file:
    METADATA = json.load(file)
DOMAIN = "code.x.com"
USERS = [(f"Dev{n}", f"dev-{n}") for n in range(1, 7)]


class Raw(AWSHelperFn):
    """A part of a template that is there already."""

    def __init__(self, data):
        self.data = data


def tags(name):
    return [{"Key": "Name", "Value": f"acme-ide/{name}"}]


def arn(rest):
    return Sub("arn:${AWS::Partition}:" + rest)


template = Template()
for name, kind in [
    ("VpcId", "AWS::EC2::VPC::Id"),
    ("SubnetId", "AWS::EC2::Subnet::Id"),
    ("HostedZoneId", "AWS::Route53::HostedZone::Id"),
    ("SourceIP", "String"),
    ("CertificateParameterName", "String"),
    ("PrivateKeyParameterName", "String"),
]:
    template.add_parameter(Parameter(name, Type=kind))
template.add_parameter(Parameter(
    "ImageId",
    Type="AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
    Default="/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
))

template.add_resource(ec2.SecurityGroup(
    "HostSecurityGroup",
    GroupDescription="The acme-ide workspaces: their proxy, for those who are allowed",
    VpcId=Ref("VpcId"),
    SecurityGroupIngress=[
        ec2.SecurityGroupRule(IpProtocol="tcp", FromPort=port, ToPort=port, CidrIp=Ref("SourceIP"),
                              Description=description)
        for port, description in [(443, "Workspaces"), (80, "Redirect to HTTPS"), (8090, "Dashboard")]
    ],
    SecurityGroupEgress=[
        ec2.SecurityGroupRule(IpProtocol="-1", CidrIp="0.0.0.0/0",
                              Description="Packages, images, repositories and AWS itself"),
        ec2.SecurityGroupRule(IpProtocol="-1", CidrIpv6="::/0", Description="The same over IPv6"),
    ],
    Tags=tags("host"),
))

INSTANCES = arn("ec2:${AWS::Region}:${AWS::AccountId}:instance/*")
FROM_INSTANCES = {"ArnLike": {"ec2:SourceInstanceARN": INSTANCES}}
PARAMETER = "ssm:${AWS::Region}:${AWS::AccountId}:parameter"
template.add_resource(iam.Role(
    "HostRole",
    Description="The host of acme-ide",
    AssumeRolePolicyDocument={
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"},
                       "Action": "sts:AssumeRole"}],
    },
    Policies=[iam.Policy(PolicyName="host", PolicyDocument={
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "ReadCertificate", "Effect": "Allow", "Action": "ssm:GetParameter",
             "Resource": [arn(PARAMETER + "${CertificateParameterName}"),
                          arn(PARAMETER + "${PrivateKeyParameterName}")]},
            {"Sid": "ReadPasswords", "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
             "Resource": arn("secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${AWS::StackName}/*"),
             "Condition": {"StringEquals": {
                 "aws:ResourceTag/aws:cloudformation:stack-id": Ref("AWS::StackId")}}},
            {"Sid": "CountFailures", "Effect": "Allow", "Action": "cloudwatch:PutMetricData", "Resource": "*",
             "Condition": {"StringEquals": {"cloudwatch:namespace": "vsc"}}},
            {"Sid": "RegisterWithSessionManager", "Effect": "Allow",
             "Action": "ssm:UpdateInstanceInformation",
             "Resource": INSTANCES, "Condition": FROM_INSTANCES},
            {"Sid": "BeginSessions", "Effect": "Allow", "Action": "ssmmessages:CreateControlChannel",
             "Resource": "*", "Condition": FROM_INSTANCES},
            {"Sid": "OpenSessions", "Effect": "Allow", "Action": [
                f"ssmmessages:{action}" for action in
                ("CreateDataChannel", "OpenControlChannel", "OpenDataChannel")],
             "Resource": "*"},
        ],
    })],
    Tags=tags("host"),
))
template.add_resource(iam.InstanceProfile("HostProfile", Roles=[Ref("HostRole")]))

for id, name in USERS:
    template.add_resource(secretsmanager.Secret(
        f"{id}Password",
        Name=Sub("${AWS::StackName}/" + name),
        Description=f"The password of {name} for {name}.{DOMAIN}",
        GenerateSecretString=secretsmanager.GenerateSecretString(
            PasswordLength=32, ExcludePunctuation=True),
        Tags=tags(name),
        Metadata=METADATA["secret"],
    ))

template.add_resource(ec2.Instance(
    "Host",
    ImageId=Ref("ImageId"),
    InstanceType="t3.large",
    IamInstanceProfile=Ref("HostProfile"),
    NetworkInterfaces=[ec2.NetworkInterfaceProperty(
        DeviceIndex="0", AssociatePublicIpAddress=True, SubnetId=Ref("SubnetId"),
        GroupSet=[Ref("HostSecurityGroup")])],
    BlockDeviceMappings=[ec2.BlockDeviceMapping(
        DeviceName="/dev/xvda",
        Ebs=ec2.EbsBlockDevice(VolumeType="gp3", VolumeSize=30, Encrypted=True,
                               DeleteOnTermination=True))],
    MetadataOptions=ec2.MetadataOptions(
        HttpEndpoint="enabled", HttpTokens="required", HttpPutResponseHopLimit=1),
    UserData=Raw(METADATA["userData"]),
    Tags=tags("host"),
    Metadata=METADATA["metadata"],
    CreationPolicy=policies.CreationPolicy(
        ResourceSignal=policies.ResourceSignal(Count=1, Timeout="PT20M")),
))
template.add_resource(cloudwatch.Alarm(
    "HostAlarm",
    AlarmDescription="The host of acme-ide cannot renew its certificate or a password: `status` says why",
    Namespace="vsc", MetricName="Failures", Statistic="Maximum",
    Dimensions=[cloudwatch.MetricDimension(Name="Stack", Value=Sub("${AWS::StackName}"))],
    Period=86400, EvaluationPeriods=1, Threshold=0,
    ComparisonOperator="GreaterThanThreshold", TreatMissingData="notBreaching",
    Tags=Tags(Name="acme-ide/host")))
template.add_resource(ec2.EIP("Address", Domain="vpc", Tags=Tags(Name="acme-ide/address")))
template.add_resource(ec2.EIPAssociation(
    "AddressAssociation", AllocationId=GetAtt("Address", "AllocationId"), InstanceId=Ref("Host")))


def record(id, name):
    template.add_resource(route53.RecordSetType(
        id, HostedZoneId=Ref("HostedZoneId"), Name=name, Type="A", TTL="60",
        ResourceRecords=[Ref("Address")]))


record("MonitorRecord", f"monitor.{DOMAIN}")
for id, name in USERS:
    record(f"{id}Record", f"{name}.{DOMAIN}")
record("HostRecord", Sub("${Host}." + DOMAIN))
for id, name in USERS:
    template.add_output(Output(f"{id}Url", Value=f"https://{name}.{DOMAIN}"))

with open(os.path.join(os.environ["OUTPUT"], "troposphere.json"), "w") as file:
    file.write(template.to_json())
