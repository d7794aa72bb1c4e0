//! `cargo xtask spec` refreshes the facts in `vsc-spec/data`.

fn main() {}
