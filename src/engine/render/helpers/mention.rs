//! `mention`: mentions an account of pipeline.yaml by its key. The key is resolved after rendering,
//! because the account's identifier depends on the sink.

use super::helper::{Helper, HelperOutput};
use super::signature::{CallSite, Signature};

/// The name of the helper in templates.
pub(in crate::engine::render) const MENTION: &str = "mention";

pub(super) const HELPER: Helper = Helper {
    signature: Signature {
        name: MENTION,
        usage: "{{mention \"KEY\"}}",
        parameters: 1..=1,
        options: &[],
        uses: &[CallSite::Inline],
    },
    run: |arguments| Ok(HelperOutput::Name(arguments.text(0)?.trim().to_owned())),
};
