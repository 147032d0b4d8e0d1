//! Durations in options, such as `24h` or `7d`.

use jiff::{SignedDuration, Span, SpanRelativeTo};

/// Parses a positive duration of at most ten years; `None` if it is not one.
pub(crate) fn parse_duration(text: &str) -> Option<SignedDuration> {
    let span: Span = text.trim().parse().ok()?;
    let time = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    let is_valid = time.is_positive() && time <= SignedDuration::from_hours(10 * 366 * 24);
    is_valid.then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duration_has_unit() {
        for (text, hours) in [
            ("24h", 24),
            ("7d", 168),
            (" 1 d", 24),
            ("120m", 2),
            ("1d 12h", 36),
            ("1w", 168),
        ] {
            assert_eq!(
                parse_duration(text),
                Some(SignedDuration::from_hours(hours)),
                "{text}"
            );
        }
        for text in ["", "24", "-1h", "0s", "d", "99999d", "soon", "99999999999h"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
