//! `truncate`: no more than so many characters of a text, whatever the sink allows.

use serde_json::Value;
use syndicate_api::{Code, Diagnostic};

use super::arguments::complain;
use super::helper::{Helper, HelperOutput};
use super::signature::{Signature, VALUE};
use crate::engine::render::cut;

pub(super) const TRUNCATE: Helper = Helper {
    signature: Signature {
        name: "truncate",
        usage: "{{truncate TEXT 100}}",
        parameters: 2..=2,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        let max = arguments.count(1)?;
        if max == 0 {
            let complaint = Diagnostic::new(
                Code::TemplateError,
                "`truncate` to 0 characters leaves nothing",
            );
            return Err(complain(complaint.with_hint("name a greater length")));
        }
        let truncated = cut::truncate(&arguments.text(0)?, max);
        Ok(HelperOutput::Value(Value::from(truncated)))
    },
};
