//! The template model.
