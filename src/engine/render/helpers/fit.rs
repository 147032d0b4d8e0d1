//! `fit`: marks a part of the text that may be shortened if the post is too long for its sink.

use super::helper::{Helper, HelperOutput};
use super::signature::{CallSite, Signature};

/// Default of `min`, in characters: about half a line on a telephone.
const MIN: usize = 40;

pub(super) const FIT: Helper = Helper {
    signature: Signature {
        name: "fit",
        usage: "{{fit TEXT min=40}}",
        parameters: 1..=1,
        options: &["min"],
        // Only printed text can be shortened, so `fit` cannot be nested in another helper.
        uses: &[CallSite::Inline],
    },
    run: |arguments| {
        Ok(HelperOutput::Part {
            text: arguments.text(0)?.into_owned(),
            min: arguments.count_option("min")?.unwrap_or(MIN),
        })
    },
};
