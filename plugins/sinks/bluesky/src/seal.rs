//! Fixes what follows from time and id of an attempt, without the network.

use syndicate_api::{Code, Prepared, PublishError, Ready, Repeat, Stamp, Step};

use crate::errors::rejected;
use crate::slots::RKEY;
use crate::{standard_site, tid};

/// Fills the slots of `steps`: the time of the intent, the record key of the post, and the version
/// of its document.
///
/// # Errors
/// Returns `Rejected` if a slot has no value.
pub(crate) fn seal(steps: &[Step], ready: Ready, stamp: &Stamp) -> Result<Prepared, PublishError> {
    let mut ready = ready;
    ready.slots.extend(stamp.slots());
    let key = tid::post_key(stamp.now, &stamp.attempt);
    ready.slots.insert(RKEY.to_owned(), key.into());
    let version = standard_site::document_version(steps, &ready.slots);
    ready.slots.extend(version);
    // Every step is a `putRecord` with a key of its own.
    ready.repeat = vec![Repeat::ALWAYS; steps.len()];
    Prepared::fill(steps, ready).map_err(|error| {
        let message = "the payload was not composed by this sink";
        rejected(Code::Rejected, message).caused_by(error.to_string())
    })
}
