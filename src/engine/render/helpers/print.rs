//! The helper that `{{x}}` is rewritten to. Its name is not an identifier, so templates cannot call it.

use super::helper::{Helper, HelperOutput};
use super::signature::{CallSite, Signature};

/// The name of the helper.
pub(in crate::engine::render) const PRINT: &str = "=";

pub(super) const HELPER: Helper = Helper {
    signature: Signature {
        name: PRINT,
        usage: "{{VALUE}}",
        parameters: 1..=1,
        options: &[],
        uses: &[CallSite::Inline],
    },
    run: |arguments| Ok(HelperOutput::Value(arguments.value(0)?.clone())),
};
