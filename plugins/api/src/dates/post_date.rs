//! The date of a post.

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

/// The date of a post, as the author gave it.
#[derive(Clone, Debug, PartialEq)]
pub struct PostDate {
    /// The instant, in the time zone it was written in or, without one, in the site's.
    pub at: Zoned,
    /// `true` if only the day is known. [`PostDate::at`] is then the start of the day.
    pub day_only: bool,
}

/// Returns the instant at which clocks in `zone` show `civil`. A date after the last representable instant, such
/// as `9999-12-31` for "never", becomes that instant, with an offset that keeps its day.
#[must_use]
pub fn civil_to_zoned(civil: DateTime, zone: &TimeZone) -> Zoned {
    let (last, offset) = if civil.year() < 0 {
        (Timestamp::MIN, Offset::constant(-12))
    } else {
        (Timestamp::MAX, Offset::constant(14))
    };
    civil
        .to_zoned(zone.clone())
        .unwrap_or_else(|_| last.to_zoned(TimeZone::fixed(offset)))
}
