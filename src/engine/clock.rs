//! Detects a wrong system clock. Throttles, claims and dates depend on the clock, so a sink sends nothing
//! if its platform reports a different time.

use jiff::SignedDuration;
use syndicate_api::{Code, Context, PublishError, PublishErrorKind};

/// The largest accepted difference between two clocks.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// Discards the server times of earlier responses.
pub(super) fn forget(cx: &Context) {
    cx.http.take_clock_skew();
}

/// Compares the system clock with the server times of the responses since [`forget`], if there were any.
///
/// # Errors
/// [`Code::ClockWrong`] if they differ too much.
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
        "this machine's clock is {} {direction} the platform's",
        format_difference(skew.abs())
    );
    let error = PublishError::new(PublishErrorKind::Rejected, Code::ClockWrong, message);
    Err(match Code::ClockWrong.hint() {
        Some(hint) => error.with_hint(hint),
        None => error,
    })
}

/// Formats a difference in the largest unit of which it has at least two, or in minutes.
pub(super) fn format_difference(difference: SignedDuration) -> String {
    let (minutes, hours) = (difference.as_mins(), difference.as_hours());
    match (minutes, hours) {
        (1, _) => "1 minute".to_owned(),
        (..120, _) => format!("{minutes} minutes"),
        (_, ..48) => format!("{hours} hours"),
        _ => format!("{} days", hours / 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_difference_has_a_fitting_unit() {
        for (minutes, words) in [
            (1, "1 minute"),
            (2, "2 minutes"),
            (119, "119 minutes"),
            (120, "2 hours"),
            (47 * 60 + 59, "47 hours"),
            (48 * 60, "2 days"),
            (365 * 24 * 60, "365 days"),
        ] {
            assert_eq!(format_difference(SignedDuration::from_mins(minutes)), words);
        }
    }
}
