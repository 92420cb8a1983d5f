//! Files of the procedures folder that a site wrote.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingcha_casework::fuzz::fuzz_procedures(bytes));
