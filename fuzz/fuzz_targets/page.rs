#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let whole = html_meta::read(bytes, None);
    if let Some(head) = html_meta::read_head(bytes, None) {
        assert_eq!(head.page.signals, whole.signals);
        assert_eq!(head.page.url, whole.url);
    }
});
