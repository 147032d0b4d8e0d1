//! Parses the dates and durations of pipeline.yaml.

use jiff::civil::Date;
use jiff::{SignedDuration, Span, SpanRelativeTo};
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A pattern for JSON Schema that accepts the same dates as [`parse_date`], from year 0 to year 9999.
pub(super) const DATE_PATTERN: &str = "^(\
    [0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])\
    |(0[469]|11)-(0[1-9]|[12][0-9]|30)\
    |02-(0[1-9]|1[0-9]|2[0-8]))\
    |([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)$";

const DURATION: &str = "a time such as `30d` or `36h`";

pub(super) fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = match Value::deserialize(deserializer)? {
        Value::Null => return Ok(None),
        Value::String(text) => text,
        other => return Err(mismatch(&other, "a date such as `2026-11-22`")),
    };
    let fault = || {
        D::Error::custom(format!(
            "invalid date `{text}`; hint: write it as `2026-11-22`"
        ))
    };
    parse_date(&text).map(Some).ok_or_else(fault)
}

/// Parses a date in the form `YYYY-MM-DD`.
fn parse_date(text: &str) -> Option<Date> {
    let is_shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_shaped.then(|| text.parse().ok())?
}

pub(in crate::config) fn some_duration<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<SignedDuration>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        written => parse_duration(&written).map(Some),
    }
}

pub(super) fn duration<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<SignedDuration, D::Error> {
    some_duration(deserializer).map(|duration| duration.unwrap_or(SignedDuration::ZERO))
}

fn parse_duration<E: Error>(written: &Value) -> Result<SignedDuration, E> {
    let text = match written {
        Value::Number(number) if number.as_i64() == Some(0) => return Ok(SignedDuration::ZERO),
        Value::Number(number) => {
            return Err(E::custom(format!(
                "`{number}` has no unit; hint: write it with one, such as `{number}s`, `{number}m`, `{number}h` or `{number}d`"
            )));
        }
        Value::String(text) if text.trim() == "0" => return Ok(SignedDuration::ZERO),
        Value::String(text) => text,
        other => return Err(mismatch(other, DURATION)),
    };
    let fault = || {
        E::custom(format!(
            "invalid time `{text}`; hint: write it as `30s`, `15m`, `36h` or `30d`"
        ))
    };
    let span: Span = text.trim().parse().map_err(|_| fault())?;
    if span.get_years() != 0 || span.get_months() != 0 {
        return Err(E::custom(format!(
            "invalid time `{text}`; hint: use days, such as `365d`"
        )));
    }
    parse_span(text).ok_or_else(fault)
}

/// Parses a duration such as `30d` or `1h 30m`. Returns `None` if it is invalid, or has years or months, whose length
/// depends on the calendar. A day has 24 hours.
pub(crate) fn parse_span(text: &str) -> Option<SignedDuration> {
    let span: Span = text.trim().parse().ok()?;
    span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()
}

/// Returns the error for a value that is not text.
pub(super) fn mismatch<E: Error>(found: &Value, expected: &str) -> E {
    let found = match found {
        Value::Null => Unexpected::Unit,
        Value::Bool(value) => Unexpected::Bool(*value),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Unexpected::Signed(number),
            None => Unexpected::Float(number.as_f64().unwrap_or_default()),
        },
        Value::String(text) => Unexpected::Str(text),
        Value::Array(_) => Unexpected::Seq,
        Value::Object(_) => Unexpected::Map,
    };
    E::invalid_type(found, &expected)
}

#[cfg(test)]
mod tests {
    use fancy_regex::Regex;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_whole_dates_are_accepted() {
        let pattern = Regex::new(DATE_PATTERN).unwrap();
        for (text, is_date) in [
            ("2026-11-22", true),
            ("2024-02-29", true),
            ("2000-02-29", true),
            ("1900-02-29", false),
            ("2026-02-29", false),
            ("2026-04-31", false),
            ("2026-13-01", false),
            ("2026-00-10", false),
            ("2026-11-2", false),
            ("20261122", false),
            ("2026-11-22T10:00:00Z", false),
            ("+002026-11-22", false),
            ("2026-W47-1", false),
            ("yesterday", false),
            ("", false),
        ] {
            assert_eq!(parse_date(text).is_some(), is_date, "{text}");
            assert_eq!(pattern.is_match(text).unwrap(), is_date, "{text}");
        }
    }

    proptest! {
        #[test]
        fn schema_and_parser_accept_same_dates(
            text in "([0-9]{2}|[0-9]{4})[-/]?(0[0-9]|1[0-9]|[0-9])[-]?([0-3][0-9]|[0-9])(T00:00)?|[0-9]{2}[02468][048]-02-29",
        ) {
            let pattern = Regex::new(DATE_PATTERN).unwrap();
            prop_assert_eq!(parse_date(&text).is_some(), pattern.is_match(&text).unwrap(), "{}", text);
        }
    }
}
