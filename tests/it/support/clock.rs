//! The system's clock, for servers that compare it with the time of a request.

use jiff::Timestamp;

/// Returns the current time.
#[expect(
    clippy::disallowed_methods,
    reason = "signatures and tokens expire by the real time"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
