//! `truncate`: shortens a text to a number of characters, independent of the sink's limit.

use serde_json::Value;
use syndicate_api::{Code, Diagnostic};

use super::arguments::render_error;
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
            let problem = Diagnostic::new(Code::TemplateError, "invalid length `0` for `truncate`");
            return Err(render_error(
                problem.with_hint("set a length of at least 1"),
            ));
        }
        let truncated = cut::truncate(&arguments.text(0)?, max);
        Ok(HelperOutput::Value(Value::from(truncated)))
    },
};
