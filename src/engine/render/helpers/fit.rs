//! `fit`: marks the part of a post that may lose its end when the post is too long for its sink.

use super::helper::{Helper, HelperOutput};
use super::signature::{CallSite, Signature};

/// How many characters stay when the template names no `min`: about half a line on a telephone.
const MIN: usize = 40;

pub(super) const FIT: Helper = Helper {
    signature: Signature {
        name: "fit",
        usage: "{{fit TEXT min=40}}",
        parameters: 1..=1,
        options: &["min"],
        // What is shortened is what is printed; given to another helper it would mean nothing.
        uses: &[CallSite::Inline],
    },
    run: |arguments| {
        Ok(HelperOutput::Part {
            text: arguments.text(0)?.into_owned(),
            min: arguments.count_option("min")?.unwrap_or(MIN),
        })
    },
};
