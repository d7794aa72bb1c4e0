//! The resource specification.
