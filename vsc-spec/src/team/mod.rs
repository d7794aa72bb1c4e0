//! The rules of a team.
