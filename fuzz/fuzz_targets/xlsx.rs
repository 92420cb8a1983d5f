//! Workbooks, broken and hostile ones among them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mingcha_ingest::fuzz::fuzz_xlsx(bytes));
