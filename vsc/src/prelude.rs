//! The prelude of config crates: `use vsc::prelude::*;`.

pub use crate::team::UserBuilder;
pub use crate::{Stack, Statement, TeamIde, TeamStack, json, object, resource, team_ide};
pub use vsc_core::template::intrinsic::{
    base64, get_azs, if_, import_value, join, select, split, sub,
};
pub use vsc_core::template::{Output, Parameter, ParameterType, Value, pseudo};
