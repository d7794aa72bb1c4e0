//! The CloudFormation template model of vsc, and the team IDE pattern built on it.
//!
//! [`template`] models templates; [`stack`] builds them; [`resource!`] adds resources that are checked by
//! their schema at compile time. [`team_ide`] is the pattern: the stack of a team. [`check`] checks any
//! template. The features `diff` and `graph` add the tools for templates that exist, which a config crate
//! does not need.

#[cfg(feature = "diff")]
pub mod diff;
#[cfg(feature = "graph")]
pub mod graph;
pub mod team_ide;

/// The builder of a stack, and the handles that [`resource!`] returns.
pub mod stack {
    pub mod handles;
    #[cfg(test)]
    mod tests;

    pub use vsc_template::stack::*;
}

#[doc(hidden)]
pub use vsc_template::file;
pub use vsc_template::{Stack, StackError, check, template};

/// Adds a resource to a stack, checked by the official schema of its type at compile time.
///
/// ```
/// use vsc_core::{Stack, resource};
///
/// let mut stack = Stack::new("network");
/// let vpc = resource!(&mut stack, Vpc: AWS::EC2::VPC {
///     CidrBlock: "10.0.0.0/16",
/// });
/// let subnet = resource!(&mut stack, Subnet: AWS::EC2::Subnet {
///     VpcId: &vpc,
///     CidrBlock: vpc.cidr_block(),
/// } with {
///     DeletionPolicy: "Retain",
/// });
/// assert_eq!(subnet.logical_id().as_str(), "Subnet");
/// ```
///
/// Values are literals, lists in brackets, objects in braces, or Rust expressions of the type that
/// the schema expects; `None` leaves an optional property out. The returned handle refers to the
/// resource: as a value it is its `Ref`, and it has a method for each attribute of `Fn::GetAtt`. A
/// computed logical ID is written in parentheses.
///
/// Intrinsic functions are Rust functions ([`template::intrinsic`]), or written as CloudFormation
/// writes them: `{ Ref: "Name" }`, `{ Fn::Sub: "${AWS::Region}" }`.
///
/// A misspelt property does not compile:
///
/// ```compile_fail
/// # use vsc_core::{Stack, resource};
/// # let mut stack = Stack::new("network");
/// resource!(&mut stack, Vpc: AWS::EC2::VPC { CidrBlok: "10.0.0.0/16" });
/// ```
#[macro_export]
macro_rules! resource {
    ($($tokens:tt)*) => {{
        // For editors only; see `names.rs` of vsc-macros.
        #[allow(unexpected_cfgs)]
        {
            #[cfg(rust_analyzer)]
            $crate::__private::resource_names! { [$crate] $($tokens)* }
        }
        $crate::__private::resource!([$crate] $($tokens)*)
    }};
}

/// Any JSON in the syntax of [`resource!`], without schema checks: a list, an object in braces, or a
/// scalar, with Rust expressions.
///
/// ```
/// use vsc_core::template::intrinsic::sub;
/// use vsc_core::{Stack, json};
///
/// let mut stack = Stack::new("site");
/// stack.output("Url", json!({ Fn::Join: ["/", ["https:", "", sub("${Site}.example.com")]] }));
/// ```
#[macro_export]
macro_rules! json {
    ($($tokens:tt)*) => { $crate::__private::json!([$crate] $($tokens)*) };
}

/// The members of a JSON object in the syntax of [`resource!`], without schema checks: for
/// [`Draft`](stack::Draft)s of resource types without a schema.
///
/// ```
/// use vsc_core::stack::Draft;
/// use vsc_core::{Stack, object};
///
/// let mut stack = Stack::new("site");
/// stack.add("Site", Draft::new("Acme::Web::Site::MODULE", object! { Name: "site", Pages: 3 }));
/// ```
#[macro_export]
macro_rules! object {
    ($($tokens:tt)*) => { $crate::__private::object!([$crate] $($tokens)*) };
}

/// Items that the expansion of [`resource!`] uses. Not part of the public API.
#[doc(hidden)]
pub mod __private {
    pub use crate::stack::{Dependency, Draft, Handle, ResourceHandle, Stack, handles};
    pub use crate::template::{LogicalId, Value, expected, identifier, optional};
    pub use vsc_macros::{json, object, resource, resource_names};
    pub use vsc_spec::{Json, Object};
    pub use vsc_template::stack::literal::{Members, text};
}
