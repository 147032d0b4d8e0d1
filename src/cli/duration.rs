//! Parses durations on the command line.

use std::time::Duration;

/// Parses a duration such as `90s` or `10m`.
pub(super) fn parse_duration(text: &str) -> Result<Duration, String> {
    let span: jiff::Span = text
        .parse()
        .map_err(|_| "write it as `90s` or `10m`".to_owned())?;
    Duration::try_from(span).map_err(|error| error.to_string())
}
