//! Durations in options, such as `24h` or `7d`.

use jiff::SignedDuration;

/// Parses a positive duration of at most ten years; `None` if it is not one.
pub(crate) fn parse_duration(text: &str) -> Option<SignedDuration> {
    let text = text.trim();
    let days = text
        .strip_suffix('d')
        .and_then(|days| days.trim().parse::<u16>().ok());
    let time = match days {
        Some(days) => SignedDuration::from_hours(i64::from(days) * 24),
        None => text.parse().ok()?,
    };
    let is_valid = time.is_positive() && time <= SignedDuration::from_hours(10 * 366 * 24);
    is_valid.then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duration_has_unit() {
        for (text, hours) in [("24h", 24), ("7d", 168), (" 1 d", 24), ("120m", 2)] {
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
