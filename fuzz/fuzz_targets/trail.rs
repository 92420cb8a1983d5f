//! Records of the trail and lines of its export.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingcha_casework::fuzz::fuzz_trail(bytes));
