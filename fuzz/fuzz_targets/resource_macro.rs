//! See `tests/properties`.
#![no_main]
libfuzzer_sys::fuzz_target!(|data: &[u8]| vsc_properties::holds("resource_macro", data));
