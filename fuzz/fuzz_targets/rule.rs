//! Rule files that an author wrote.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingcha_library::fuzz::fuzz_rule(bytes));
