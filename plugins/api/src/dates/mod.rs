//! Parses dates of posts. Generators and feeds use many formats and disagree on most, so the parser splits a
//! date into words; it must understand each word, and no word may repeat a part. An ambiguous date, such as
//! `01/02/2024`, is invalid.

mod parse;
mod post_date;
#[cfg(test)]
mod tests;
mod zone;

pub use parse::{DateError, ParsedDate, parse_date, parse_feed_date};
pub use post_date::{PostDate, civil_to_zoned};

/// The remedy for an invalid date, as a hint.
pub const DATE_HINT: &str = "write it as `2026-11-22` or `2026-11-22 09:30:00`";
