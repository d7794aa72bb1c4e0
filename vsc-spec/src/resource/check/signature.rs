//! What each intrinsic function takes, argument by argument.
//!
//! Forms and the functions that may stand in each argument: AWS CloudFormation Template Reference,
//! "Intrinsic functions" ("Parameters", "Supported functions"), and cfn-lint's rules E1010, E1011,
//! E1015 to E1024, E1028, E1030, E1031 and E1033 where the pages leave it open.

/// The arguments of a function: in a list, or a single one, or either.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signature {
    /// The argument where it stands alone.
    pub(super) single: Option<Argument>,
    /// How few there are in a list, and each of them.
    pub(super) list: Option<(usize, &'static [Argument])>,
}

/// What may stand in an argument.
#[derive(Clone, Copy, Debug)]
pub(super) struct Argument {
    pub(super) form: Form,
    /// Functions that may give it.
    pub(super) functions: &'static [&'static str],
    /// Functions that the transform `AWS::LanguageExtensions` carries out there besides.
    pub(super) extended: &'static [&'static str],
}

/// The form of an argument.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// Anything; it is checked as what it stands for.
    Anything,
    /// A string. CloudFormation takes numbers and booleans as strings.
    Text,
    /// A string, and nothing that would be converted into one.
    Name,
    /// An integer from the first to the second.
    Integer(i64, i64),
    /// A list of these.
    List(&'static Argument),
    /// A list or an object that is not empty.
    Structure,
    /// A resource and its attribute, with a dot between them.
    Attribute,
    /// The name of a region, or nothing.
    Region,
    /// A range of IPv4 addresses.
    Range,
    /// The variables of `Fn::Sub`: an object of these.
    Variables(&'static Argument),
    /// An object of these members, of which so many are required.
    Members(usize, &'static [(&'static str, Argument)]),
}

impl Form {
    /// What it takes, in words.
    pub(super) fn in_words(self) -> String {
        match self {
            Self::Anything => "a value".to_owned(),
            Self::Text | Self::Name | Self::Region => "a string".to_owned(),
            Self::Integer(_, i64::MAX) => "an index from 0".to_owned(),
            Self::Integer(least, most) => format!("an integer from {least} to {most}"),
            Self::List(_) => "a list".to_owned(),
            Self::Structure => "a list or an object with something in it".to_owned(),
            Self::Attribute => "a string such as `Name.Attribute`".to_owned(),
            Self::Range => "a range such as `10.0.0.0/16`".to_owned(),
            Self::Variables(_) => "an object with the variables".to_owned(),
            Self::Members(_, members) => {
                let names = members.iter().map(|(name, _)| *name);
                format!("an object with {}", crate::suggest::list(names))
            }
        }
    }
}

const fn argument(form: Form, functions: &'static [&'static str]) -> Argument {
    Argument {
        form,
        functions,
        extended: &[],
    }
}

const fn extended(
    form: Form,
    functions: &'static [&'static str],
    extended: &'static [&'static str],
) -> Argument {
    Argument {
        form,
        functions,
        extended,
    }
}

const fn single(argument: Argument) -> Signature {
    Signature {
        single: Some(argument),
        list: None,
    }
}

const fn list(fewest: usize, arguments: &'static [Argument]) -> Signature {
    Signature {
        single: None,
        list: Some((fewest, arguments)),
    }
}

/// A string that is written out.
const LITERAL: Argument = argument(Form::Text, &[]);
/// A string that is written out, and no number.
const STRING: Argument = argument(Form::Name, &[]);
/// Anything, checked elsewhere.
const ANYTHING: Argument = argument(Form::Anything, &[]);

/// What names something of the template: only a transform can compute it.
const NAME: Argument = extended(
    Form::Name,
    &[],
    &[
        "Ref",
        "Fn::Base64",
        "Fn::FindInMap",
        "Fn::If",
        "Fn::Join",
        "Fn::Select",
        "Fn::Sub",
        "Fn::ToJsonString",
    ],
);
const ATTRIBUTE: Argument = Argument {
    functions: &["Ref"],
    ..NAME
};
const KEY: Argument = extended(
    Form::Text,
    &["Ref", "Fn::FindInMap"],
    &[
        "Fn::If",
        "Fn::Join",
        "Fn::Length",
        "Fn::Select",
        "Fn::Sub",
        "Fn::ToJsonString",
    ],
);

const JOINED: Argument = argument(
    Form::Text,
    &[
        "Ref",
        "Fn::Base64",
        "Fn::FindInMap",
        "Fn::GetAtt",
        "Fn::GetStackOutput",
        "Fn::If",
        "Fn::ImportValue",
        "Fn::Join",
        "Fn::Select",
        "Fn::Sub",
        "Fn::ToJsonString",
    ],
);
const LISTS: &[&str] = &[
    "Ref",
    "Fn::Cidr",
    "Fn::FindInMap",
    "Fn::GetAtt",
    "Fn::GetAZs",
    "Fn::If",
    "Fn::Split",
];
const COUNTED: Argument = argument(
    Form::Anything,
    &[
        "Ref",
        "Fn::Base64",
        "Fn::FindInMap",
        "Fn::GetAZs",
        "Fn::If",
        "Fn::Join",
        "Fn::Select",
        "Fn::Split",
        "Fn::Sub",
        "Fn::ToJsonString",
    ],
);
const IN_CIDR: &[&str] = &[
    "Ref",
    "Fn::FindInMap",
    "Fn::GetAtt",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::Select",
    "Fn::Sub",
];
const VARIABLE: Argument = argument(
    Form::Text,
    &[
        "Ref",
        "Fn::Base64",
        "Fn::FindInMap",
        "Fn::GetAtt",
        "Fn::GetStackOutput",
        "Fn::If",
        "Fn::ImportValue",
        "Fn::Join",
        "Fn::Select",
        "Fn::Sub",
        "Fn::ToJsonString",
    ],
);
const OUTPUT: Argument = argument(
    Form::Text,
    &[
        "Ref",
        "Fn::Base64",
        "Fn::FindInMap",
        "Fn::GetAtt",
        "Fn::If",
        "Fn::ImportValue",
        "Fn::Join",
        "Fn::Select",
        "Fn::Sub",
    ],
);

/// The arguments of the function of this name, where they are known.
pub(super) fn of(function: &str) -> Option<Signature> {
    let mut known = SIGNATURES.iter();
    known
        .find(|(name, _)| *name == function)
        .map(|(_, signature)| *signature)
}

const SIGNATURES: &[(&str, Signature)] = &[
    ("Ref", single(NAME)),
    (
        "Fn::GetAtt",
        Signature {
            single: Some(argument(Form::Attribute, &[])),
            list: Some((2, &[NAME, ATTRIBUTE])),
        },
    ),
    (
        "Fn::Sub",
        Signature {
            single: Some(STRING),
            list: Some((2, &[STRING, argument(Form::Variables(&VARIABLE), &[])])),
        },
    ),
    (
        "Fn::Join",
        list(2, &[LITERAL, argument(Form::List(&JOINED), LISTS)]),
    ),
    (
        "Fn::Select",
        list(
            2,
            &[
                extended(
                    Form::Integer(0, i64::MAX),
                    &["Ref", "Fn::FindInMap"],
                    &["Fn::Length"],
                ),
                argument(Form::List(&ANYTHING), LISTS),
            ],
        ),
    ),
    (
        "Fn::Split",
        list(
            2,
            &[
                LITERAL,
                argument(
                    Form::Text,
                    &[
                        "Ref",
                        "Fn::Base64",
                        "Fn::FindInMap",
                        "Fn::GetAtt",
                        "Fn::If",
                        "Fn::ImportValue",
                        "Fn::Join",
                        "Fn::Select",
                        "Fn::Sub",
                    ],
                ),
            ],
        ),
    ),
    (
        "Fn::Base64",
        single(argument(
            Form::Text,
            &[
                "Ref",
                "Fn::Base64",
                "Fn::FindInMap",
                "Fn::GetAtt",
                "Fn::GetStackOutput",
                "Fn::If",
                "Fn::ImportValue",
                "Fn::Join",
                "Fn::Length",
                "Fn::Select",
                "Fn::Sub",
                "Fn::ToJsonString",
            ],
        )),
    ),
    (
        "Fn::Cidr",
        list(
            2,
            &[
                argument(Form::Range, IN_CIDR),
                argument(Form::Integer(1, 256), IN_CIDR),
                argument(Form::Integer(1, 128), IN_CIDR),
            ],
        ),
    ),
    (
        "Fn::GetAZs",
        single(argument(
            Form::Region,
            &[
                "Ref",
                "Fn::GetAtt",
                "Fn::If",
                "Fn::Join",
                "Fn::Select",
                "Fn::Sub",
            ],
        )),
    ),
    (
        "Fn::FindInMap",
        list(
            3,
            &[
                KEY,
                KEY,
                KEY,
                argument(Form::Members(1, &[("DefaultValue", ANYTHING)]), &[]),
            ],
        ),
    ),
    (
        "Fn::ImportValue",
        single(argument(
            Form::Text,
            &[
                "Ref",
                "Fn::Base64",
                "Fn::FindInMap",
                "Fn::If",
                "Fn::Join",
                "Fn::Select",
                "Fn::Sub",
            ],
        )),
    ),
    ("Fn::If", list(3, &[STRING, ANYTHING, ANYTHING])),
    (
        "Fn::Length",
        single(argument(
            Form::List(&COUNTED),
            &["Ref", "Fn::FindInMap", "Fn::GetAZs", "Fn::If", "Fn::Split"],
        )),
    ),
    (
        "Fn::ToJsonString",
        single(argument(
            Form::Structure,
            &[
                "Ref",
                "Fn::FindInMap",
                "Fn::GetAtt",
                "Fn::GetAZs",
                "Fn::If",
                "Fn::Select",
                "Fn::Split",
            ],
        )),
    ),
    (
        "Fn::GetStackOutput",
        single(argument(
            Form::Members(
                2,
                &[
                    ("StackName", OUTPUT),
                    ("OutputName", OUTPUT),
                    ("Region", OUTPUT),
                    ("RoleArn", OUTPUT),
                ],
            ),
            &[],
        )),
    ),
    (
        "Fn::Transform",
        single(argument(
            Form::Members(1, &[("Name", STRING), ("Parameters", ANYTHING)]),
            &[],
        )),
    ),
];
