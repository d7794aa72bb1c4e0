//! Parameters, mappings, conditions and rules that CloudFormation accepts or rejects.

use super::{Severity, template};
use crate::template::{Path, Source};

/// Each diagnostic as `path: message`.
fn reported(text: &str) -> Vec<String> {
    let source = Source::read(text).expect("it is a template");
    let all = template(source.json(), source.size());
    all.iter()
        .map(|one| {
            let path: Path = one.location.path.iter().cloned().collect();
            format!("{path}: {}", one.diagnostic.message)
        })
        .collect()
}

/// The diagnostics of a template with these sections before a resource.
fn about(sections: &str) -> Vec<String> {
    reported(&format!(
        "{sections}\nResources:\n  T: {{Type: AWS::SNS::Topic}}\n"
    ))
}

fn parameter(members: &str) -> Vec<String> {
    about(&format!("Parameters:\n  P: {{{members}}}"))
}

fn condition(expression: &str) -> Vec<String> {
    about(&format!(
        "Parameters:\n  P: {{Type: String}}\nMappings:\n  M: {{a: {{b: c}}}}\nConditions:\n  D: !Equals [a, b]\n  C: {expression}"
    ))
}

#[test]
fn parameters_are_accepted_as_by_cloudformation() {
    for members in [
        "Type: String, NoEcho: 'TRUE'",
        "Type: String, NoEcho: 'True'",
        "Type: String, NoEcho: 'false'",
        "Type: CommaDelimitedList, Default: 'guest,newhire', NoEcho: 'TRUE'",
        "Type: String, Description: 5, ConstraintDescription: true",
        "Type: String, MinLength: '1', MaxLength: '4096', Default: x",
        "Type: String, MinLength: 1.0, Default: x",
        "Type: Number, MinValue: '1', MaxValue: '10.5', Default: '3'",
        "Type: Number, Default: 1.0, AllowedValues: [1, 2]",
        "Type: Number, Default: '1', AllowedValues: [1, 2]",
        "Type: Number, Default: -1.5e3",
        "Type: String, Default: 1, AllowedValues: ['1', '2']",
        "Type: String, Default: true, AllowedValues: ['true', 'false']",
        "Type: String, Default: '', AllowedValues: ['', a]",
        "Type: String, Default: x, AllowedValues: []",
        "Type: String, Default: 112233445566, AllowedPattern: '\\d{12}'",
        "Type: String, Default: 112233445566, AllowedValues: ['112233445566']",
        "Type: CommaDelimitedList, Default: 'a, b', AllowedValues: [a, b]",
        "Type: CommaDelimitedList, Default: 'a,b', AllowedPattern: '[a-z]'",
        "Type: CommaDelimitedList, Default: 'a,b', AllowedPattern: '[a-z,]+'",
        "Type: CommaDelimitedList, Default: 'a,b', MinLength: 2",
        "Type: CommaDelimitedList, Default: ''",
        "Type: List<Number>, Default: '80, 443'",
        "Type: List<String>",
        "Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /a",
        "Type: 'AWS::SSM::Parameter::Value<Number>', Default: /a",
        "Type: 'AWS::SSM::Parameter::Value<AWS::SSM::Parameter::Name>', Default: /a",
        "Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>', Default: /a, AllowedValues: [/a]",
        "Type: 'List<AWS::EC2::SecurityGroup::GroupName>'",
        "Type: 'AWS::EC2::KeyPair::KeyName', MinLength: 1, AllowedPattern: '.+'",
        r"Type: String, AllowedPattern: '\A[a-z]+\z', Default: abc",
        "Type: String, AllowedPattern: '[a-z&&[^bc]]+', Default: ad",
        r"Type: String, AllowedPattern: '\Qa.b\E', Default: a.b",
        r"Type: String, AllowedPattern: '\p{Alpha}\p{Alnum}*', Default: abc1",
        "Type: String, AllowedPattern: '[a-z[0-9]]+', Default: ad9",
        r"Type: String, AllowedPattern: '\h*abc', Default: ' abc'",
    ] {
        assert_eq!(parameter(members), [""; 0], "{members}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn each_error_of_a_parameter_is_reported_once() {
    for (members, message) in [
        ("Default: a", "P: the parameter `P` has no `Type`"),
        (
            "Type: String, NoEcho: maybe",
            "P.NoEcho: `NoEcho` takes a boolean",
        ),
        (
            "Type: String, NoEcho: 1",
            "P.NoEcho: `NoEcho` takes a boolean",
        ),
        ("Type: Sting", "P.Type: unknown parameter type `Sting`"),
        ("Type: string", "P.Type: unknown parameter type `string`"),
        (
            "Type: 'List<AWS::EC2::Subnet::ID>'",
            "P.Type: the parameter type `List<AWS::EC2::Subnet::ID>` is not documented",
        ),
        (
            "Type: CommaDelimitedList, Default: [a, b]",
            "P.Default: the default of a list is a single string: \"a,b\"",
        ),
        (
            "Type: String, Default: !Ref AWS::Region",
            "P.Default: `Default` takes a literal string",
        ),
        (
            "Type: String, Default: {a: b}",
            "P.Default: `Default` takes a literal string",
        ),
        (
            "Type: Number, Default: inf",
            "P.Default: the default \"inf\" is not a number",
        ),
        (
            "Type: Number, Default: abc",
            "P.Default: the default \"abc\" is not a number",
        ),
        (
            "Type: List<Number>, Default: '80,x'",
            "P.Default: the default \"x\" is not a number",
        ),
        (
            "Type: Number, Default: 5, MaxValue: 4",
            "P.Default: the default \"5\" violates `MaxValue`",
        ),
        (
            "Type: String, MinValue: 4",
            "P.MinValue: a parameter of type `String` has no `MinValue`",
        ),
        (
            "Type: Number, MinLength: 4, Default: 1",
            "P.MinLength: a parameter of type `Number` has no `MinLength`",
        ),
        (
            "Type: Number, AllowedPattern: '[a-z]', Default: 1",
            "P.AllowedPattern: a parameter of type `Number` has no `AllowedPattern`",
        ),
        (
            "Type: String, MinLength: 9, MaxLength: 3",
            "P.MinLength: `MinLength` is larger than `MaxLength`",
        ),
        (
            "Type: String, MaxLength: 5000",
            "P.MaxLength: `MaxLength` is at most 4096",
        ),
        (
            "Type: String, MinLength: 1.5",
            "P.MinLength: `MinLength` takes an integer",
        ),
        (
            "Type: String, AllowedValues: a",
            "P.AllowedValues: `AllowedValues` takes a list",
        ),
        (
            "Type: String, AllowedValues: [a, {b: c}]",
            "P.AllowedValues[1]: an allowed value is a literal string",
        ),
        (
            "Type: CommaDelimitedList, Default: 'a,c', AllowedValues: [a, b]",
            "P.Default: the default cannot be `c`",
        ),
        (
            "Type: 'AWS::SSM::Parameter::Value<String>', Default: /b, AllowedValues: [/a]",
            "P.Default: the default cannot be `/b`",
        ),
        (
            "Type: String, AllowedPattern: '^abc|def)$', Default: abc",
            "P.AllowedPattern: invalid pattern: unmatched `)`",
        ),
        (
            "Type: String, AllowedPattern: '[a-z', Default: abc",
            "P.AllowedPattern: invalid pattern: unclosed `[`",
        ),
        (
            "Type: String, AllowedPattern: '[a-z]+', Default: abc1",
            "P.Default: the default cannot be \"abc1\"",
        ),
        (
            "Type: String, AllowedPattern: '[a-z&&[^bc]]+', Default: ab",
            "P.Default: the default cannot be \"ab\"",
        ),
        (
            "Type: String, Defalt: a",
            "P.Defalt: a parameter has no `Defalt`",
        ),
    ] {
        assert_eq!(
            parameter(members),
            [format!("Parameters.{message}")],
            "{members}"
        );
    }
    let long = "x".repeat(4_001);
    assert_eq!(
        parameter(&format!("Type: String, Description: {long}")),
        [
            "Parameters.P.Description: the description has 4001 characters, but at most 4000 are allowed"
        ]
    );
}

#[test]
fn keys_of_mappings_are_letters_digits_dots_and_dashes() {
    assert_eq!(
        about("Mappings:\n  M: {us-east-1: {v1.1.2: a, B-c: [1, b]}, '10.90': {0: true}}"),
        [""; 0]
    );
    for (mapping, message) in [
        (
            "{a: {LAMBDA_ROLE: b}}",
            ".a.LAMBDA_ROLE: `LAMBDA_ROLE` is not a valid key of a mapping",
        ),
        (
            "{10.0.0.0/16: {a: b}}",
            "[\"10.0.0.0/16\"]: `10.0.0.0/16` is not a valid key of a mapping",
        ),
        ("{é: {a: b}}", ".é: `é` is not a valid key of a mapping"),
        (
            "{a: {'b c': d}}",
            ".a[\"b c\"]: `b c` is not a valid key of a mapping",
        ),
        (
            "{'': {a: b}}",
            "[\"\"]: a key of a mapping has 1 to 255 characters",
        ),
        (
            "{a: {b: !Ref T}}",
            ".a.b: a value of a mapping is a string, a number, or a list of them",
        ),
        ("{a: {}}", ".a: the mapping `M` has too few levels"),
        ("{}", ": the mapping `M` has too few levels"),
        ("{a: b}", ".a: the mapping `M` has too few levels"),
    ] {
        let reported = about(&format!("Mappings:\n  M: {mapping}"));
        let reported: Vec<_> = reported
            .iter()
            .map(|one| one.replace("[\"é\"]", ".é"))
            .collect();
        assert_eq!(reported, [format!("Mappings.M{message}")], "{mapping}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn conditions_use_only_values_known_before_any_resource() {
    for right in [
        "!Equals [!Ref P, a]",
        "!Equals [!Ref AWS::Region, !FindInMap [M, a, b]]",
        "!Equals [!Sub '${P}-${AWS::Region}', !Join ['', [!Ref P, a]]]",
        "!Equals [!Select [0, !Split [',', !Ref P]], '']",
        "!Equals [!Select [0, !GetAZs ''], !Ref P]",
        "!Equals [!Join [',', !Cidr [!Ref P, 4, 8]], a]",
        "!Not [!Condition D]",
        "!And [!Condition D, !Or [!Equals [1, 2], !Not [!Equals [true, !Ref P]]]]",
    ] {
        assert_eq!(condition(right), [""; 0], "{right}");
    }
    let early = |location: &str| format!("{location} cannot refer to the resource `T`");
    for (wrong, path, message) in [
        (
            "!Equals [!Ref T, a]",
            ".Fn::Equals[0].Ref",
            early("a condition"),
        ),
        ("!Equals [!GetAtt T.TopicName, a]", "", early("a condition")),
        ("!Equals [!Sub '${T}', a]", "", early("a condition")),
        (
            "!Equals [!Sub '${T.TopicName}', a]",
            "",
            early("a condition"),
        ),
        (
            "!Equals [!Join ['', [!Ref T]], a]",
            "",
            early("a condition"),
        ),
        (
            "!Equals [!ImportValue x, a]",
            "",
            "`Fn::ImportValue` is not valid in a condition".to_owned(),
        ),
        (
            "!Equals [!GetAZs '', a]",
            "",
            "`Fn::GetAZs` is not valid in a condition".to_owned(),
        ),
        (
            "!Equals [!If [D, a, b], a]",
            "",
            "`Fn::If` is not valid in a condition".to_owned(),
        ),
        (
            "!Equals [!Join ['', [!ImportValue x]], a]",
            "",
            "`Fn::ImportValue` is not valid in a condition".to_owned(),
        ),
        (
            "!Contains [[a], !Ref P]",
            "",
            "`Fn::Contains` is only valid in the section `Rules`".to_owned(),
        ),
        (
            "!Not [!EachMemberIn [[a], [b]]]",
            "",
            "`Fn::EachMemberIn` is only valid in the section `Rules`".to_owned(),
        ),
        (
            "!Equals [!RefAll 'AWS::EC2::VPC::Id', a]",
            "",
            "`Fn::RefAll` is not valid in a condition".to_owned(),
        ),
        (
            "!Equals [[a], a]",
            "",
            "a condition compares strings, not lists".to_owned(),
        ),
        (
            "!Equals [{a: b}, a]",
            "",
            "a condition compares strings, not objects".to_owned(),
        ),
        (
            "!Equals [null, a]",
            "",
            "a condition compares strings, not `null`".to_owned(),
        ),
        (
            "!Not [!Condition E]",
            "",
            "there is no condition `E`".to_owned(),
        ),
        (
            "!Equals [!Ref Q, a]",
            "",
            "there is no parameter or resource `Q`".to_owned(),
        ),
        (
            "!Not [!Condition C]",
            "",
            "`C` depends on itself".to_owned(),
        ),
    ] {
        let reported = condition(wrong);
        assert_eq!(reported.len(), 1, "{wrong} {reported:?}");
        assert!(
            reported[0].ends_with(&format!(": {message}")),
            "{wrong} {reported:?}"
        );
        assert!(
            path.is_empty() || reported[0].contains(path) || reported[0].contains("Equals"),
            "{reported:?}"
        );
    }
}

#[test]
fn circular_conditions_are_reported_once() {
    let circular = "Conditions:\n  A: !Not [!Condition B]\n  B: !Or [!Condition C, !Equals [a, b]]\n  C: !Not [!Condition A]\n  D: !Not [!Condition A]";
    assert_eq!(
        about(circular),
        ["Conditions.A: circular dependency: `A → B → C → A`"]
    );
    assert_eq!(about("Conditions:\n  A_b&C: !Equals [a, b]"), [""; 0]);
}

#[test]
fn rules_have_functions_of_their_own() {
    let rule = |assertion: &str| {
        about(&format!(
            "Parameters:\n  P: {{Type: String}}\nRules:\n  R: {{RuleCondition: !Equals [!Ref P, a], Assertions: [{{Assert: {assertion}}}]}}"
        ))
    };
    for right in [
        "!Contains [[a, b], !Ref P]",
        "!EachMemberIn [!ValueOfAll ['AWS::EC2::Subnet::Id', VpcId], !RefAll 'AWS::EC2::VPC::Id']",
        "!EachMemberEquals [!ValueOf [P, Tags.x], a]",
        "!Not [!Contains [[a], !Ref P]]",
    ] {
        assert_eq!(rule(right), [""; 0], "{right}");
    }
    for (wrong, message) in [
        (
            "!Contains [[a], !Ref T]",
            "a rule cannot refer to the resource `T`",
        ),
        (
            "!Contains [[a], !GetAtt T.TopicName]",
            "a rule cannot refer to the resource `T`",
        ),
        (
            "!Contains [[a], !ImportValue x]",
            "`Fn::ImportValue` is not valid in a condition",
        ),
        ("!Base64 a", "`Fn::Base64` is not a condition function"),
        (
            "!EachMemberEquals [!ValueOf [Q, Tags.x], a]",
            "there is no parameter `Q`",
        ),
    ] {
        let reported = rule(wrong);
        assert!(
            matches!(reported.as_slice(), [one] if one.ends_with(message)),
            "{wrong} {reported:?}"
        );
    }
}

#[test]
fn exports_and_imports_cannot_refer_to_resources() {
    let text = "
Parameters:
  P: {Type: String}
Resources:
  T: {Type: AWS::SNS::Topic}
  U: {Type: AWS::SNS::Topic, Properties: {TopicName: !ImportValue {'Fn::Sub': '${T.TopicName}-x'}}}
  V: {Type: AWS::SNS::Topic, Properties: {TopicName: !ImportValue {'Fn::Sub': '${P}-${AWS::Region}'}}}
Outputs:
  A: {Value: !Ref T, Export: {Name: !Ref T}}
  B: {Value: !Ref T, Export: {Name: !Sub '${T.TopicName}'}}
  C: {Value: !Ref T, Export: {Name: !Sub '${P}-${AWS::StackName}'}}
";
    let reported = reported(text);
    let messages: Vec<&str> = reported
        .iter()
        .filter_map(|one| one.split_once(": ").map(|(_, message)| message))
        .collect();
    assert_eq!(
        messages,
        [
            "the name of an import cannot refer to the resource `T`",
            "the name of an export cannot refer to the resource `T`",
            "the name of an export cannot refer to the resource `T`",
        ],
        "{reported:?}"
    );
}

#[test]
fn a_possibly_open_port_is_reported_in_any_form() {
    let group = |rules: &str| {
        let text = format!(
            "
Parameters:
  Open: {{Type: String, Default: 0.0.0.0/0}}
  Shut: {{Type: String}}
Mappings:
  Net: {{test: {{Cidr: '::/0'}}, production: {{Cidr: 10.0.0.0/8}}}}
Conditions:
  C: !Equals [!Ref Shut, a]
Resources:
  All: {{Type: AWS::EC2::PrefixList, Properties: {{PrefixListName: all, AddressFamily: IPv4, MaxEntries: 2, Entries: [{{Cidr: 0.0.0.0/1}}, {{Cidr: 128.0.0.0/1}}]}}}}
  G: {{Type: AWS::EC2::SecurityGroup, Properties: {{GroupDescription: d, SecurityGroupIngress: {rules}}}}}
"
        );
        let all = reported(&text).into_iter();
        all.filter(|one| one.contains("open to")).count()
    };
    let ssh = |source: &str| {
        group(&format!(
            "[{{IpProtocol: tcp, FromPort: 22, ToPort: 22, {source}}}]"
        ))
    };
    for open in [
        "CidrIp: 0.0.0.0/0",
        "CidrIpv6: '0::/0'",
        "CidrIpv6: '0:0:0:0:0:0:0:0/0'",
        "CidrIp: !Sub 0.0.0.0/0",
        "CidrIp: !Sub '${Open}'",
        "CidrIp: !Ref Open",
        "CidrIp: !If [C, 10.0.0.0/8, 0.0.0.0/0]",
        "CidrIp: !If [C, !If [C, !Ref Open, !Ref Shut], !Ref Shut]",
        "CidrIpv6: !FindInMap [Net, test, Cidr]",
        "CidrIpv6: !FindInMap [Net, !Ref Shut, Cidr]",
        "CidrIp: !Join ['/', [0.0.0.0, '0']]",
        "CidrIp: !Select [1, [10.0.0.0/8, 0.0.0.0/0]]",
        "CidrIp: 0.0.0.0/1",
        "SourcePrefixListId: !Ref All",
        "SourcePrefixListId: !GetAtt All.PrefixListId",
    ] {
        assert_eq!(ssh(open), 1, "{open}");
    }
    for shut in [
        "CidrIp: 10.0.0.0/8",
        "CidrIp: !Ref Shut",
        "CidrIp: !Sub '${Shut}/0'",
        "CidrIp: !If [C, 10.0.0.0/8, !Ref AWS::NoValue]",
        "CidrIpv6: !FindInMap [Net, production, Cidr]",
        "SourcePrefixListId: pl-12345678",
    ] {
        assert_eq!(ssh(shut), 0, "{shut}");
    }
    let rule = "{IpProtocol: '-1', CidrIp: 0.0.0.0/0}";
    assert_eq!(group(rule), 1);
    assert_eq!(group(&format!("!If [C, [{rule}], [{rule}]]")), 2);
    assert_eq!(group(&format!("[!If [C, {rule}, !Ref AWS::NoValue]]")), 1);
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn dynamic_references_are_checked_in_their_context() {
    let resource = |type_name: &str, properties: &str| {
        reported(&format!(
            "Parameters:\n  P: {{Type: String}}\nResources:\n  X: {{Type: '{type_name}', Properties: {{{properties}}}}}"
        ))
        .into_iter()
        .filter(|one| one.contains("dynamic") || one.contains("resolve"))
        .collect::<Vec<_>>()
    };
    let value = |text: &str| {
        resource(
            "AWS::SSM::Parameter",
            &format!("Type: String, Value: {text}"),
        )
    };
    for right in [
        "'{{resolve:ssm:Some}}'",
        "'{{resolve:ssm:/some/Name_1.x-y:12}}'",
        "'a {{resolve:ssm:A}} b {{resolve:ssm:B:1}}'",
        "'{{resolve:secretsmanager:db}}'",
        "'{{resolve:secretsmanager:db:SecretString:password}}'",
        "'{{resolve:secretsmanager:db:SecretString:password:AWSCURRENT}}'",
        "'{{resolve:secretsmanager:db::::}}'",
        "'{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:SecretString:password}}'",
        "!Sub '{{resolve:secretsmanager:${P}:SecretString:password}}'",
        "!Sub '{{resolve:ssm:/${AWS::StackName}/x:1}}'",
        "!Join ['', ['{{resolve:secretsmanager:', !Ref P, '::password}}']]",
        "'{{ name }} {{resolved}}'",
        "'{{resolve}}'",
    ] {
        assert_eq!(value(right), [""; 0], "{right}");
    }
    for (wrong, message) in [
        ("'{{ resolve:ssm:Some }}'", "with spaces is not resolved"),
        ("'{{resolve : ssm : Some}}'", "with spaces is not resolved"),
        (
            "!Sub '{{ resolve:ssm:${P}}}'",
            "with spaces is not resolved",
        ),
        (
            "'{{resolve:ssm-secure:Some:1}}'",
            "`{{resolve:ssm-secure:…}}` is not resolved here",
        ),
        (
            "!Sub '{{resolve:ssm-secure:${P}:1}}'",
            "`{{resolve:ssm-secure:…}}` is not resolved here",
        ),
        (
            "'{{resolve:smm:Some:1}}'",
            "unknown service `smm` of a dynamic reference",
        ),
        ("'{{resolve:ssm:Some:latest}}'", "invalid dynamic reference"),
        ("'{{resolve:ssm:Some:1:2}}'", "invalid dynamic reference"),
        ("'{{resolve:ssm:}}'", "invalid dynamic reference"),
        ("'{{resolve:ssm:a b}}'", "invalid dynamic reference"),
        (
            "'{{resolve:secretsmanager:db:SecretBinary:x}}'",
            "invalid dynamic reference",
        ),
        ("'{{resolve:secretsmanager:}}'", "invalid dynamic reference"),
        (
            "'{{resolve:secretsmanager:db:SecretString:a:b:c:d}}'",
            "invalid dynamic reference",
        ),
        (
            "'{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1}}'",
            "invalid dynamic reference",
        ),
    ] {
        let reported = value(wrong);
        assert!(
            matches!(reported.as_slice(), [one] if one.contains(message)),
            "{wrong} {reported:?}"
        );
    }
    let secure = "'{{resolve:ssm-secure:Some:1}}'";
    assert_eq!(
        resource(
            "AWS::RDS::DBInstance",
            &format!("MasterUserPassword: {secure}")
        ),
        [""; 0]
    );
    assert_eq!(
        resource(
            "AWS::RDS::DBInstance",
            &format!("MasterUserPassword: !If [C, {secure}, x]")
        ),
        [""; 0]
    );
    assert_eq!(
        resource(
            "AWS::IAM::User",
            &format!("LoginProfile: {{Password: {secure}}}")
        ),
        [""; 0]
    );
    assert_eq!(
        resource("Custom::X", &format!("ServiceToken: a, A: {secure}")).len(),
        1
    );
    let elsewhere = |text: &str| {
        about(text)
            .into_iter()
            .filter(|one| one.contains("resolve"))
            .count()
    };
    let secret = "'{{resolve:secretsmanager:db}}'";
    assert_eq!(
        elsewhere(&format!("Outputs: {{O: {{Value: {secret}}}}}")),
        1
    );
    assert_eq!(elsewhere("Outputs: {O: {Value: '{{resolve:ssm:db}}'}}"), 0);
    assert_eq!(
        elsewhere(&format!("Conditions: {{C: !Equals [{secret}, a]}}")),
        1
    );
    assert_eq!(
        elsewhere("Conditions: {C: !Equals ['{{resolve:ssm:db}}', a]}"),
        1
    );
    assert_eq!(
        elsewhere(&format!(
            "Parameters: {{P: {{Type: String, Default: {secret}}}}}"
        )),
        0
    );
    assert_eq!(
        elsewhere("Mappings: {M: {a: {b: '{{resolve:ssm-secure:x:1}}'}}}"),
        0
    );
}

#[test]
fn outputs_are_strings_and_exports_have_names() {
    assert_eq!(
        about("Outputs:\n  O: {Value: !Split [',', 'a,b'], Export: {Name: e, Nam: f}}"),
        [
            "Outputs.O.Value: the value of an output is a string, not a list",
            "Outputs.O.Export.Nam: an export has no `Nam`",
        ]
    );
    let long = format!(
        "Outputs:\n  O: {{Value: a, Description: {}}}",
        "x".repeat(1025)
    );
    assert_eq!(
        about(&long),
        ["Outputs.O.Description: the description of an output has 1025 bytes"]
    );
    assert_eq!(
        about("Outputs:\n  O: {Value: !Join [',', !GetAZs '']}"),
        [""; 0]
    );
}

#[test]
fn a_template_without_resources_is_a_warning() {
    let source = Source::read("Resources: {}").expect("it is a template");
    let all = template(source.json(), source.size());
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].lint, super::lint::NO_RESOURCES);
    assert_eq!(all[0].severity(), super::Severity::Warning);
}

#[test]
fn expected_directives_are_a_warning() {
    let text = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    \
        Metadata: {cfn-lint: {config: {ignore_checks: [E3012]}}}\n    \
        Properties: {Role: 'arn:aws:iam::123456789012:role/x', Handler: a.b, Runtime: python3.13, \
        Code: {ZipFile: !Rain::Embed f.py}}\n";
    let source = Source::read(text).expect("it is a template");
    let found = template(source.json(), source.size());
    let ids: Vec<&str> = found.iter().map(|one| one.lint.id()).collect();
    assert_eq!(ids, ["unpackaged-local-path"]);
}

#[test]
fn unexpected_directives_are_errors() {
    let function = |code: &str| {
        let text = format!(
            "Resources:\n  F: {{Type: AWS::Lambda::Function, Properties: {{Role: 'arn:aws:iam::123456789012:role/x', \
             Handler: a.b, Runtime: python3.13, Code: {code}}}}}"
        );
        let source = Source::read(&text).expect("it is a template");
        template(source.json(), source.size())
    };
    for code in [
        "{ZipFile: !Rain::Embed f.py}",
        "{ZipFile: {Rain::Embed: f.py}}",
        "{'Fn::Rain::S3': {Path: dist}}",
    ] {
        let found = function(code);
        let [only] = found.as_slice() else {
            panic!("{code}: {found:?}")
        };
        assert_eq!(only.lint.id(), "rain-directive", "{code}");
        assert_eq!(only.severity(), Severity::Error, "{code}");
        let help = only.diagnostic.help.as_deref();
        assert_eq!(help, Some("deploy the output of `rain pkg`"));
    }
}

#[test]
fn lists_and_strings_are_not_interchangeable() {
    let topic = |name: &str| {
        reported(&format!(
            "Parameters:\n  L: {{Type: CommaDelimitedList}}\n  P: {{Type: String}}\nResources:\n  \
             T: {{Type: AWS::SNS::Topic, Properties: {{DisplayName: {name}}}}}"
        ))
    };
    let expected = "expected a string for `DisplayName`, found a list";
    assert_eq!(topic("!Ref L").len(), 1);
    assert!(topic("!Ref L")[0].ends_with(expected));
    for string in ["!Ref P", "!Join [',', !Ref L]", "!Select [0, !Ref L]"] {
        assert_eq!(topic(string), [""; 0], "{string}");
    }
    let groups = |value: &str| {
        reported(&format!(
            "Parameters:\n  L: {{Type: CommaDelimitedList}}\n  P: {{Type: String}}\nResources:\n  \
             E: {{Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {{Subnets: {value}}}}}"
        ))
    };
    assert!(groups("!Ref P")[0].ends_with("expected a list for `Subnets`, found a string"));
    for list in [
        "!Ref L",
        "[!Ref P, subnet-12345678]",
        "!Split [',', !Ref P]",
    ] {
        assert_eq!(groups(list), [""; 0], "{list}");
    }
}

#[test]
fn an_invalid_variable_is_reported_once() {
    assert_eq!(
        about("Outputs:\n  O: {Value: !Sub 'a ${} b'}"),
        ["Outputs.O.Value.Fn::Sub: `${}` is not a valid variable"]
    );
}
