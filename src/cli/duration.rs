//! Parses durations on the command line.

use std::time::Duration;

use crate::config::parse_span;

/// The longest duration. The end of a longer one may have no date.
const LONGEST: Duration = Duration::from_secs(10 * 366 * 24 * 60 * 60);

/// Parses a duration such as `90s` or `10m`, in the notation of pipeline.yaml. A number without a unit counts seconds.
///
/// # Errors
/// Returns the notations that are accepted, or the longest duration.
pub(super) fn parse_duration(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().map(Duration::from_secs);
    let duration = seconds.or_else(|| parse_span(text)?.try_into().ok());
    match duration {
        Some(duration) if duration <= LONGEST => Ok(duration),
        Some(_) => Err("at most ten years are possible".to_owned()),
        None => Err("write it as `90s`, `10m`, `2h` or `1d`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duration_accepts_every_unit() {
        for (text, seconds) in [
            ("0", 0),
            ("90", 90),
            ("90s", 90),
            ("10m", 600),
            ("1h 30m", 5400),
            ("2 hours", 7200),
            ("1d", 86_400),
            ("1w", 604_800),
        ] {
            let expected = Ok(Duration::from_secs(seconds));
            assert_eq!(parse_duration(text), expected, "{text}");
        }
        assert_eq!(parse_duration("100ms"), Ok(Duration::from_millis(100)));
        for text in ["", "-5", "-5m", "1x", "soon", "1y"] {
            let error = parse_duration(text).unwrap_err();
            assert!(error.contains("`10m`"), "{text}: {error}");
        }
        for text in ["9999999999", "99999d"] {
            let error = parse_duration(text).unwrap_err();
            assert!(error.contains("ten years"), "{text}: {error}");
        }
    }
}
