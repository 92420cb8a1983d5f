//! Foreign CSV of any encoding: an error or rows, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingcha_ingest::fuzz::fuzz_csv(bytes));
