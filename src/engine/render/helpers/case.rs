//! `upper` and `lower`: convert a text to upper or lower case by the rules of Unicode.

use serde_json::Value;

use super::helper::{Helper, HelperOutput};
use super::signature::{Signature, VALUE};

pub(super) const UPPER: Helper = Helper {
    signature: Signature {
        name: "upper",
        usage: "{{upper TEXT}}",
        parameters: 1..=1,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        Ok(HelperOutput::Value(Value::from(
            arguments.text(0)?.to_uppercase(),
        )))
    },
};

pub(super) const LOWER: Helper = Helper {
    signature: Signature {
        name: "lower",
        usage: "{{lower TEXT}}",
        parameters: 1..=1,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        Ok(HelperOutput::Value(Value::from(
            arguments.text(0)?.to_lowercase(),
        )))
    },
};
