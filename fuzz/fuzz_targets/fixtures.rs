//! Fixtures in Markdown.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingcha_library::fuzz::fuzz_fixtures(bytes));
