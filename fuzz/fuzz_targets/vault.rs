//! Rings of keys and sealed values.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingcha_casework::fuzz::fuzz_vault(bytes));
