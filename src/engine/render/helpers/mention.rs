//! `mention`: somebody of the mention book, by what the book knows them by. Whom that is and how a
//! sink names them is settled later, with the book at hand.

use super::helper::{Helper, HelperOutput};
use super::signature::{CallSite, Signature};

/// How templates call it.
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
