// The quickstart with aws-cdk-lib: the same resources with the same properties.
const cdk = require('aws-cdk-lib');
const { aws_cloudwatch: cloudwatch, aws_ec2: ec2, aws_iam: iam, aws_route53: route53, aws_secretsmanager: secrets } = cdk;
const metadata = require(process.env.METADATA);

const app = new cdk.App({ outdir: process.env.OUTPUT, analyticsReporting: false });
const stack = new cdk.Stack(app, 'acme-ide', {
  synthesizer: new cdk.BootstraplessSynthesizer(),
});
const parameter = (id, type, more) => new cdk.CfnParameter(stack, id, { type, ...more }).valueAsString;
const users = [...Array(6).keys()].map((n) => ({ id: `Dev${n + 1}`, name: `dev-${n + 1}` }));
const domain = 'code.x.com';
const tags = (name) => [{ key: 'Name', value: `acme-ide/${name}` }];

const vpcId = parameter('VpcId', 'AWS::EC2::VPC::Id');
const subnetId = parameter('SubnetId', 'AWS::EC2::Subnet::Id');
const hostedZoneId = parameter('HostedZoneId', 'AWS::Route53::HostedZone::Id');
const source = parameter('SourceIP', 'String');
parameter('CertificateParameterName', 'String');
parameter('PrivateKeyParameterName', 'String');
const image = parameter('ImageId', 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', {
  default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
});

const group = new ec2.CfnSecurityGroup(stack, 'HostSecurityGroup', {
  groupDescription: 'The acme-ide workspaces: their proxy, for those who are allowed',
  vpcId,
  securityGroupIngress: [[443, 'Workspaces'], [80, 'Redirect to HTTPS'], [8090, 'Dashboard']].map(
    ([port, description]) => ({
      ipProtocol: 'tcp', fromPort: port, toPort: port, cidrIp: source, description,
    }),
  ),
  securityGroupEgress: [
    { ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'Packages, images, repositories and AWS itself' },
    { ipProtocol: '-1', cidrIpv6: '::/0', description: 'The same over IPv6' },
  ],
  tags: tags('host'),
});

const arn = (rest) => cdk.Fn.sub('arn:${AWS::Partition}:' + rest);
const parameterArn = 'ssm:${AWS::Region}:${AWS::AccountId}:parameter';
const instances = arn('ec2:${AWS::Region}:${AWS::AccountId}:instance/*');
const fromInstances = { ArnLike: { 'ec2:SourceInstanceARN': instances } };
const role = new iam.CfnRole(stack, 'HostRole', {
  description: 'The host of acme-ide',
  assumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole',
    }],
  },
  policies: [{
    policyName: 'host',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'ReadCertificate', Effect: 'Allow', Action: 'ssm:GetParameter',
          Resource: [
            arn(parameterArn + '${CertificateParameterName}'),
            arn(parameterArn + '${PrivateKeyParameterName}'),
          ],
        },
        {
          Sid: 'ReadPasswords', Effect: 'Allow', Action: 'secretsmanager:GetSecretValue',
          Resource: arn('secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:${AWS::StackName}/*'),
          Condition: {
            StringEquals: { 'aws:ResourceTag/aws:cloudformation:stack-id': stack.stackId },
          },
        },
        {
          Sid: 'CountFailures', Effect: 'Allow', Action: 'cloudwatch:PutMetricData', Resource: '*',
          Condition: { StringEquals: { 'cloudwatch:namespace': 'vsc' } },
        },
        {
          Sid: 'RegisterWithSessionManager', Effect: 'Allow', Action: 'ssm:UpdateInstanceInformation',
          Resource: instances,
          Condition: fromInstances,
        },
        {
          Sid: 'BeginSessions', Effect: 'Allow', Action: 'ssmmessages:CreateControlChannel',
          Resource: '*',
          Condition: fromInstances,
        },
        {
          Sid: 'OpenSessions', Effect: 'Allow',
          Action: ['CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel']
            .map((action) => `ssmmessages:${action}`),
          Resource: '*',
        },
      ],
    },
  }],
  tags: tags('host'),
});
const profile = new iam.CfnInstanceProfile(stack, 'HostProfile', { roles: [role.ref] });

for (const { id, name } of users) {
  const secret = new secrets.CfnSecret(stack, `${id}Password`, {
    name: cdk.Fn.sub('${AWS::StackName}/' + name),
    description: `The password of ${name} for ${name}.${domain}`,
    generateSecretString: { passwordLength: 32, excludePunctuation: true },
    tags: tags(name),
  });
  secret.cfnOptions.metadata = metadata.secret;
}

const host = new ec2.CfnInstance(stack, 'Host', {
  imageId: image,
  instanceType: 't3.large',
  iamInstanceProfile: profile.ref,
  networkInterfaces: [{
    deviceIndex: '0', associatePublicIpAddress: true, subnetId, groupSet: [group.ref],
  }],
  blockDeviceMappings: [{
    deviceName: '/dev/xvda',
    ebs: { volumeType: 'gp3', volumeSize: 30, encrypted: true, deleteOnTermination: true },
  }],
  metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
  userData: metadata.userData,
  tags: tags('host'),
});
host.cfnOptions.creationPolicy = { resourceSignal: { count: 1, timeout: 'PT20M' } };
host.cfnOptions.metadata = metadata.metadata;

new cloudwatch.CfnAlarm(stack, 'HostAlarm', {
  alarmDescription: 'The host of acme-ide cannot renew its certificate or a password: `status` says why',
  namespace: 'vsc', metricName: 'Failures', statistic: 'Maximum',
  dimensions: [{ name: 'Stack', value: cdk.Fn.sub('${AWS::StackName}') }],
  period: 86400, evaluationPeriods: 1, threshold: 0,
  comparisonOperator: 'GreaterThanThreshold', treatMissingData: 'notBreaching', tags: tags('host'),
});
const address = new ec2.CfnEIP(stack, 'Address', { domain: 'vpc', tags: tags('address') });
new ec2.CfnEIPAssociation(stack, 'AddressAssociation', {
  allocationId: address.attrAllocationId, instanceId: host.ref,
});
const record = (id, name) => new route53.CfnRecordSet(stack, id, {
  hostedZoneId, name, type: 'A', ttl: '60', resourceRecords: [address.ref],
});
record('MonitorRecord', `monitor.${domain}`);
for (const { id, name } of users) record(`${id}Record`, `${name}.${domain}`);
record('HostRecord', cdk.Fn.sub('${Host}.' + domain));

for (const { id, name } of users) {
  new cdk.CfnOutput(stack, `${id}Url`, { value: `https://${name}.${domain}` });
}
app.synth();
