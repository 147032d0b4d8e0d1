//! The claim that a session has.

use syndicate_api::sha256_hex;

/// A delivery that this session has claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeldClaim {
    pub(super) delivery: String,
    /// The number by which this claim differs from earlier and later ones.
    pub(super) fence: i64,
    /// The number of the last event that this session wrote about the delivery, or 0.
    pub(super) written_seq: i64,
}

/// Returns the key of a delivery.
pub(super) fn delivery_key(item: &str, sink: &str) -> String {
    sha256_hex(format!("{item}\0{sink}").as_bytes())
}
