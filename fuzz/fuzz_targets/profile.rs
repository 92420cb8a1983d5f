//! Mapping profiles that a site wrote.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingcha_ingest::fuzz::fuzz_profile(bytes));
