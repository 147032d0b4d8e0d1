//! `fit`: marks the part of a post that may lose its end when the post is too long for its sink.

use super::helper::{Helper, Yield};
use super::signature::{Signature, Use};

/// How many characters stay when the template names no `min`: about half a line on a telephone.
const MIN: usize = 40;

pub(super) const FIT: Helper = Helper {
    signature: Signature {
        name: "fit",
        usage: "{{fit TEXT min=40}}",
        parameters: 1..=1,
        options: &["min"],
        // What is shortened is what is printed; given to another helper it would mean nothing.
        uses: &[Use::Inline],
    },
    run: |arguments| {
        Ok(Yield::Part {
            text: arguments.text(0)?.into_owned(),
            min: arguments.count_option("min")?.unwrap_or(MIN),
        })
    },
};
