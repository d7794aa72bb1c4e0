//! The arguments of each intrinsic function.
//!
//! Forms and the functions that are allowed in each argument: AWS CloudFormation Template Reference,
//! "Intrinsic functions" ("Parameters", "Supported functions"), and cfn-lint's rules E1010, E1011,
//! E1015 to E1024, E1028, E1030, E1031 and E1033 where the documentation is silent.

use super::IntrinsicFunction as Function;

/// The arguments of a function: in a list, or a single one, or either.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signature {
    /// The argument without a list.
    pub(crate) single: Option<Argument>,
    /// The least number of arguments in a list, and each of them.
    pub(crate) list: Option<(usize, &'static [Argument])>,
}

/// An argument of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Argument {
    pub(crate) form: ArgumentForm,
    /// Functions that are allowed in it.
    pub(crate) functions: &'static [Function],
    /// Further functions that the transform `AWS::LanguageExtensions` allows in it.
    pub(crate) extended: &'static [Function],
}

/// The form of an argument.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ArgumentForm {
    /// Any value, which is checked by the rules of the property.
    Anything,
    /// A string. CloudFormation accepts numbers and booleans as strings.
    Text,
    /// A string, and not a scalar that would be converted to one.
    Name,
    /// An integer in this range.
    Integer(i64, i64),
    /// A list of these.
    List(&'static Argument),
    /// A non-empty list or object.
    Structure,
    /// A resource and its attribute, with a dot between them.
    Attribute,
    /// The name of a region, or an empty string.
    Region,
    /// A range of IPv4 addresses.
    Range,
    /// The variables of `Fn::Sub`: an object of these.
    Variables(&'static Argument),
    /// An object of these members, of which the given number is required.
    Members(usize, &'static [(&'static str, Argument)]),
}

impl ArgumentForm {
    /// The form in words.
    pub(crate) fn in_words(self) -> String {
        match self {
            Self::Anything => "a value".to_owned(),
            Self::Text | Self::Name | Self::Region => "a string".to_owned(),
            Self::Integer(_, i64::MAX) => "an index from 0".to_owned(),
            Self::Integer(least, most) => format!("an integer from {least} to {most}"),
            Self::List(_) => "a list".to_owned(),
            Self::Structure => "a non-empty list or object".to_owned(),
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

const fn argument(form: ArgumentForm, functions: &'static [Function]) -> Argument {
    Argument {
        form,
        functions,
        extended: &[],
    }
}

const fn extended(
    form: ArgumentForm,
    functions: &'static [Function],
    extended: &'static [Function],
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

/// A literal string.
const LITERAL: Argument = argument(ArgumentForm::Text, &[]);
/// A literal string, not a number.
const STRING: Argument = argument(ArgumentForm::Name, &[]);
/// Anything, checked elsewhere.
const ANYTHING: Argument = argument(ArgumentForm::Anything, &[]);

/// A name in the template, which only a transform can compute.
const NAME: Argument = extended(
    ArgumentForm::Name,
    &[],
    &[
        Function::Ref,
        Function::Base64,
        Function::FindInMap,
        Function::If,
        Function::Join,
        Function::Select,
        Function::Sub,
        Function::ToJsonString,
    ],
);
const ATTRIBUTE: Argument = Argument {
    functions: &[Function::Ref],
    ..NAME
};
const KEY: Argument = extended(
    ArgumentForm::Text,
    &[Function::Ref, Function::FindInMap],
    &[
        Function::If,
        Function::Join,
        Function::Length,
        Function::Select,
        Function::Sub,
        Function::ToJsonString,
    ],
);

const JOINED: Argument = argument(
    ArgumentForm::Text,
    &[
        Function::Ref,
        Function::Base64,
        Function::FindInMap,
        Function::GetAtt,
        Function::GetStackOutput,
        Function::If,
        Function::ImportValue,
        Function::Join,
        Function::Select,
        Function::Sub,
        Function::ToJsonString,
    ],
);
const LISTS: &[Function] = &[
    Function::Ref,
    Function::Cidr,
    Function::FindInMap,
    Function::GetAtt,
    Function::GetAZs,
    Function::If,
    Function::Split,
];
const COUNTED: Argument = argument(
    ArgumentForm::Anything,
    &[
        Function::Ref,
        Function::Base64,
        Function::FindInMap,
        Function::GetAZs,
        Function::If,
        Function::Join,
        Function::Select,
        Function::Split,
        Function::Sub,
        Function::ToJsonString,
    ],
);
const IN_CIDR: &[Function] = &[
    Function::Ref,
    Function::FindInMap,
    Function::GetAtt,
    Function::If,
    Function::ImportValue,
    Function::Select,
    Function::Sub,
];
/// A variable of `Fn::Sub` takes the functions that an item of `Fn::Join` does.
const VARIABLE: Argument = JOINED;
const OUTPUT: Argument = argument(
    ArgumentForm::Text,
    &[
        Function::Ref,
        Function::Base64,
        Function::FindInMap,
        Function::GetAtt,
        Function::If,
        Function::ImportValue,
        Function::Join,
        Function::Select,
        Function::Sub,
    ],
);

/// The signature of a function, if it is known.
pub(crate) fn of(function: Function) -> Option<Signature> {
    let mut known = SIGNATURES.iter();
    known
        .find(|(known, _)| *known == function)
        .map(|(_, signature)| *signature)
}

const SIGNATURES: &[(Function, Signature)] = &[
    (Function::Ref, single(NAME)),
    (
        Function::GetAtt,
        Signature {
            single: Some(argument(ArgumentForm::Attribute, &[])),
            list: Some((2, &[NAME, ATTRIBUTE])),
        },
    ),
    (
        Function::Sub,
        Signature {
            single: Some(STRING),
            list: Some((
                2,
                &[STRING, argument(ArgumentForm::Variables(&VARIABLE), &[])],
            )),
        },
    ),
    (
        Function::Join,
        list(2, &[LITERAL, argument(ArgumentForm::List(&JOINED), LISTS)]),
    ),
    (
        Function::Select,
        list(
            2,
            &[
                extended(
                    ArgumentForm::Integer(0, i64::MAX),
                    &[Function::Ref, Function::FindInMap],
                    &[Function::Length],
                ),
                argument(ArgumentForm::List(&ANYTHING), LISTS),
            ],
        ),
    ),
    (
        Function::Split,
        list(
            2,
            &[
                LITERAL,
                argument(
                    ArgumentForm::Text,
                    &[
                        Function::Ref,
                        Function::Base64,
                        Function::FindInMap,
                        Function::GetAtt,
                        Function::If,
                        Function::ImportValue,
                        Function::Join,
                        Function::Select,
                        Function::Sub,
                    ],
                ),
            ],
        ),
    ),
    (
        Function::Base64,
        single(argument(
            ArgumentForm::Text,
            &[
                Function::Ref,
                Function::Base64,
                Function::FindInMap,
                Function::GetAtt,
                Function::GetStackOutput,
                Function::If,
                Function::ImportValue,
                Function::Join,
                Function::Length,
                Function::Select,
                Function::Sub,
                Function::ToJsonString,
            ],
        )),
    ),
    (
        Function::Cidr,
        list(
            2,
            &[
                argument(ArgumentForm::Range, IN_CIDR),
                argument(ArgumentForm::Integer(1, 256), IN_CIDR),
                argument(ArgumentForm::Integer(1, 128), IN_CIDR),
            ],
        ),
    ),
    (
        Function::GetAZs,
        single(argument(
            ArgumentForm::Region,
            &[
                Function::Ref,
                Function::GetAtt,
                Function::If,
                Function::Join,
                Function::Select,
                Function::Sub,
            ],
        )),
    ),
    (
        Function::FindInMap,
        list(
            3,
            &[
                KEY,
                KEY,
                KEY,
                argument(ArgumentForm::Members(1, &[("DefaultValue", ANYTHING)]), &[]),
            ],
        ),
    ),
    (
        Function::ImportValue,
        single(argument(
            ArgumentForm::Text,
            &[
                Function::Ref,
                Function::Base64,
                Function::FindInMap,
                Function::If,
                Function::Join,
                Function::Select,
                Function::Sub,
            ],
        )),
    ),
    (Function::If, list(3, &[STRING, ANYTHING, ANYTHING])),
    (
        Function::Length,
        single(argument(
            ArgumentForm::List(&COUNTED),
            &[
                Function::Ref,
                Function::FindInMap,
                Function::GetAZs,
                Function::If,
                Function::Split,
            ],
        )),
    ),
    (
        Function::ToJsonString,
        single(argument(
            ArgumentForm::Structure,
            &[
                Function::Ref,
                Function::FindInMap,
                Function::GetAtt,
                Function::GetAZs,
                Function::If,
                Function::Select,
                Function::Split,
            ],
        )),
    ),
    (
        Function::GetStackOutput,
        single(argument(
            ArgumentForm::Members(
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
        Function::Transform,
        single(argument(
            ArgumentForm::Members(1, &[("Name", STRING), ("Parameters", ANYTHING)]),
            &[],
        )),
    ),
];
