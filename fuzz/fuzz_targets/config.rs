#![no_main]

use config_literals::{javascript, python};
use serde_json::Map;

libfuzzer_sys::fuzz_target!(|text: &str| {
    drop(javascript::read_default_export(text, &Map::new()));
    drop(javascript::read_front_matter(text));
    drop(python::Assignments::default().read(text));
});
