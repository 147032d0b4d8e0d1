#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    drop(html_meta::read(bytes, None));
});
