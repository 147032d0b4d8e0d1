//! The names of the slots that a payload leaves open.

/// The slot that `me` leaves open in a payload.
pub(crate) const AUTHOR: &str = "author";

/// Returns the slot of the URN of the medium with this index.
pub(crate) fn media(index: usize) -> String {
    format!("media:{index}")
}
