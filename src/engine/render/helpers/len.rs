//! `len`: returns the number of entries of a list, or of characters of a text. It replaces the helper of
//! handlebars, which counts bytes.

use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use super::helper::{Helper, HelperOutput};
use super::signature::{Signature, VALUE};

pub(super) const LEN: Helper = Helper {
    signature: Signature {
        name: "len",
        usage: "{{len LIST}}",
        parameters: 1..=1,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        let length = match arguments.value(0)? {
            Value::Array(values) => values.len(),
            Value::Object(map) => map.len(),
            _ => arguments.text(0)?.graphemes(true).count(),
        };
        Ok(HelperOutput::Value(Value::from(length)))
    },
};
