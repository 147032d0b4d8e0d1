//! The hours in which nothing goes out.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::text::mismatch;

/// Two different times of day, as a regular expression of JSON Schema; it accepts what is parsed here.
pub(super) const HOURS_PATTERN: &str = "^(?!0?([0-9]{1,2}:[0-9]{2}) *- *0?\\1$)([01]?[0-9]|2[0-3]):[0-5][0-9] *- *([01]?[0-9]|2[0-3]):[0-5][0-9]$";

/// A stretch of each day, which may go over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuietHours {
    from: Time,
    until: Time,
}

impl QuietHours {
    /// When the quiet that `now` lies in ends; `None` when it is not quiet.
    #[must_use]
    pub(crate) fn end(&self, now: Timestamp, zone: &TimeZone) -> Option<Zoned> {
        let now = now.to_zoned(zone.clone());
        let time = now.time();
        let over_midnight = self.until < self.from;
        let quiet = if over_midnight {
            time >= self.from || time < self.until
        } else {
            self.from <= time && time < self.until
        };
        if !quiet {
            return None;
        }
        let tomorrow = over_midnight && time >= self.from;
        let day = if tomorrow {
            now.date().checked_add(1.day()).ok()?
        } else {
            now.date()
        };
        day.to_datetime(self.until).to_zoned(zone.clone()).ok()
    }
}

impl<'de> Deserialize<'de> for QuietHours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match Value::deserialize(deserializer)? {
            Value::String(text) => text,
            other => return Err(mismatch(&other, "hours such as `22:00-07:00`")),
        };
        let Some((from, until)) = parse_hours(&text) else {
            return Err(D::Error::custom(format!(
                "invalid hours `{text}`; hint: write them as `22:00-07:00`"
            )));
        };
        if from == until {
            return Err(D::Error::custom(format!(
                "`{text}` has no end; hint: use `build --dry-run` to send nothing"
            )));
        }
        Ok(Self { from, until })
    }
}

fn parse_hours(text: &str) -> Option<(Time, Time)> {
    let (from, until) = text.split_once('-')?;
    let (from, until) = (from.trim_end_matches(' '), until.trim_start_matches(' '));
    Some((parse_time(from)?, parse_time(until)?))
}

/// Parses a time of day in the form `H:MM` or `HH:MM`.
fn parse_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.split_once(':')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_shaped = matches!(hour.len(), 1 | 2) && minute.len() == 2;
    if !is_shaped || !is_number(hour) || !is_number(minute) {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn end(hours: &str, now: &str) -> Option<String> {
        let hours: QuietHours = serde_json::from_value(hours.into()).unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let end = hours.end(now.parse().unwrap(), &zone);
        end.map(|end| end.strftime("%d %H:%M").to_string())
    }

    #[test]
    fn quiet_is_quiet_in_the_zone_and_over_midnight() {
        for (hours, now, expected) in [
            ("22:00-07:00", "2026-11-22T20:59:00Z", None),
            ("22:00-07:00", "2026-11-22T21:00:00Z", Some("23 07:00")),
            ("22:00-07:00", "2026-11-23T05:59:00Z", Some("23 07:00")),
            ("22:00-07:00", "2026-11-23T06:00:00Z", None),
            ("12:00-13:30", "2026-11-22T11:30:00Z", Some("22 13:30")),
            ("12:00-13:30", "2026-11-22T12:30:00Z", None),
        ] {
            assert_eq!(end(hours, now).as_deref(), expected, "{hours} at {now}");
        }
    }

    #[test]
    fn what_is_no_stretch_of_a_day_is_refused() {
        for text in ["22:00", "22-7", "25:00-01:00", "07:00-07:00", ""] {
            let read = serde_json::from_value::<QuietHours>(text.into());
            assert!(read.is_err(), "{text}");
        }
    }

    #[test]
    fn schema_and_parser_accept_same_hours() {
        for text in [
            "22:00-07:00",
            "22:00 - 7:00",
            "7:00-07:00",
            "07:00-7:00",
            "00:00-0:00",
            "0:00-00:01",
            "10:00-10:00",
            "23:59-24:00",
            "22:00-07:60",
            " 22:00-07:00",
            "22:00-07:00 ",
            "22:00--07:00",
            "+2:00-07:00",
            "22:00\t-07:00",
            "022:00-07:00",
        ] {
            assert_eq!(is_accepted(text), is_in_schema(text), "{text}");
        }
        assert!(is_accepted("22:00 - 7:00") && !is_accepted("7:00-07:00"));
    }

    fn is_accepted(text: &str) -> bool {
        serde_json::from_value::<QuietHours>(text.into()).is_ok()
    }

    fn is_in_schema(text: &str) -> bool {
        let pattern = fancy_regex::Regex::new(HOURS_PATTERN).unwrap();
        pattern.is_match(text).unwrap()
    }

    proptest! {
        #[test]
        fn schema_and_parser_accept_same_texts(
            from in "[0-2]?[0-9]:[0-6][0-9]",
            until in "[0-2]?[0-9]:[0-6][0-9]",
            dash in " ?- ?|--|",
            is_same in any::<bool>(),
        ) {
            let until = if is_same { &from } else { &until };
            let text = format!("{from}{dash}{until}");
            prop_assert_eq!(is_accepted(&text), is_in_schema(&text), "{}", text);
        }
    }
}
