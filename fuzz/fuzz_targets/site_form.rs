//! Files that offline forms of inspections save.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingcha_casework::fuzz::fuzz_site_form(bytes));
