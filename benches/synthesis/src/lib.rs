//! Benchmarks of synthesis and of the macros: `cargo bench -p vsc-benches`.
