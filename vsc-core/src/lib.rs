//! The CloudFormation template model of vsc, and the team IDE pattern built on it.

pub mod template;
