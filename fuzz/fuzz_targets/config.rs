#![no_main]

use config_literals::{javascript, python};
use serde_json::Map;

libfuzzer_sys::fuzz_target!(|text: &str| {
    drop(javascript::exported(text, &Map::new()));
    drop(javascript::front_matter(text));
    drop(python::Assignments::default().read(text));
});
