#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| syndicate_source_site::fuzz::text(bytes));
