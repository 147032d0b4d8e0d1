//! The names of the slots in a payload.

/// The slot for the URN of the author `me`.
pub(crate) const AUTHOR: &str = "author";

/// Returns the slot for the URN of the medium with this index.
pub(crate) fn media(index: usize) -> String {
    format!("media:{index}")
}
