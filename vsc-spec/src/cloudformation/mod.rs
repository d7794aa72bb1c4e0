//! The vocabulary of CloudFormation's templates: intrinsic functions, sections, pseudo parameters,
//! resource attributes and the kinds of identifiers. Each name is written only here.

mod function;
mod identifier;
mod operand;
mod pseudo_parameter;
mod resource_attribute;
mod section;
pub(crate) mod signature;

pub use function::{IntrinsicFunction, has_function_prefix, is_function};
pub use identifier::IdentifierKind;
pub use operand::{CONDITION, CONDITION_OPERANDS, RETENTION_FUNCTIONS, RULE_OPERANDS};
pub use pseudo_parameter::PseudoParameter;
pub use resource_attribute::ResourceAttribute;
pub use section::Section;
