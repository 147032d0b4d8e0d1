//! Dates of posts. Generators and feeds take many notations and disagree on most, so the parser
//! takes a date apart into words, each of which must be understood and none may occur twice. An
//! ambiguous date, such as `01/02/2024`, is invalid.

mod parse;
mod post_date;
#[cfg(test)]
mod tests;
mod zone;

pub use parse::{DateError, ParsedDate, parse_date, parse_feed_date};
pub use post_date::{PostDate, civil_to_zoned};

/// The remedy for an invalid date, as a hint.
pub const DATE_HINT: &str = "write it as `2026-11-22` or `2026-11-22 09:30:00`";
