//! A machine's wrong clock: throttles, claims and dates would all be wrong with it, so a sink whose
//! platform shows another time sends nothing.

use jiff::SignedDuration;
use syndicate_api::{Code, Context, PublishError, PublishErrorKind};

/// How far two clocks may be apart.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// Forgets what earlier answers said about the time.
pub(super) fn forget(cx: &Context) {
    cx.http.take_clock_skew();
}

/// Compares this machine's clock with that of the platform that answered last, if one did.
///
/// # Errors
/// [`Code::ClockWrong`].
pub(super) fn check(cx: &Context) -> Result<(), PublishError> {
    let Some(skew) = cx.http.take_clock_skew() else {
        return Ok(());
    };
    if skew.abs() <= TOLERANCE {
        return Ok(());
    }
    let direction = if skew.is_positive() {
        "ahead of"
    } else {
        "behind"
    };
    let message = format!(
        "this machine's clock is {} minutes {direction} the platform's",
        skew.abs().as_mins()
    );
    let error = PublishError::new(PublishErrorKind::Rejected, Code::ClockWrong, message);
    Err(match Code::ClockWrong.hint() {
        Some(hint) => error.hinted(hint),
        None => error,
    })
}
