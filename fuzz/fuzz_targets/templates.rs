//! Templates that a site wrote, whole files and the text inside them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingcha_papers::fuzz::fuzz_template(bytes));
