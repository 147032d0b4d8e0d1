//! The names of this sink's slots.

/// The DID of the account, which is also the name of its repository.
pub(crate) const AUTHOR: &str = "author";

/// The record key of the post, computed from time and id of the attempt.
pub(crate) const RKEY: &str = "rkey";

/// Returns the name of the slot with the uploaded medium of this index.
pub(crate) fn media(index: usize) -> String {
    format!("media:{index}")
}
