//! Hours in which nothing is sent. Twice a year clocks repeat or skip a time, so each day's hours are an
//! interval of instants. A repeated start uses the first occurrence, a repeated end the second; a skipped
//! time is replaced by the instant of the clock change.

use jiff::civil::{DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::text::mismatch;

/// A pattern for JSON Schema that accepts two different times of day, as parsed here.
pub(super) const HOURS_PATTERN: &str = "^(?!0?([0-9]{1,2}:[0-9]{2}) *- *0?\\1$)([01]?[0-9]|2[0-3]):[0-5][0-9] *- *([01]?[0-9]|2[0-3]):[0-5][0-9]$";

/// A part of each day, which may cross midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct QuietHours {
    from: Time,
    until: Time,
}

impl QuietHours {
    /// Returns the end of the quiet hours that contain `now`, always after `now`; `None` outside of them.
    #[must_use]
    pub(crate) fn end(&self, now: Timestamp, zone: &TimeZone) -> Option<Zoned> {
        let today = now.to_zoned(zone.clone()).date();
        let days = [today.yesterday().ok(), Some(today)];
        days.into_iter().flatten().find_map(|day| {
            let last_day = if self.until < self.from {
                day.checked_add(1.day()).ok()?
            } else {
                day
            };
            let start = instant(day.to_datetime(self.from), Occurrence::First, zone)?;
            let end = instant(last_day.to_datetime(self.until), Occurrence::Second, zone)?;
            (start <= now && now < end).then(|| end.to_zoned(zone.clone()))
        })
    }
}

/// Selects one of two instants at which clocks show the same time.
#[derive(Clone, Copy)]
enum Occurrence {
    First,
    Second,
}

/// Returns the instant at which clocks in `zone` show `civil`, or, if that time is skipped, the instant
/// of the clock change.
fn instant(civil: DateTime, occurrence: Occurrence, zone: &TimeZone) -> Option<Timestamp> {
    let offset = match (zone.to_ambiguous_zoned(civil).offset(), occurrence) {
        (AmbiguousOffset::Unambiguous { offset }, _)
        | (AmbiguousOffset::Fold { before: offset, .. }, Occurrence::First)
        | (AmbiguousOffset::Fold { after: offset, .. }, Occurrence::Second) => offset,
        (AmbiguousOffset::Gap { before, .. }, _) => {
            let later = before.to_timestamp(civil).ok()?;
            let search = later.checked_add(SignedDuration::from_nanos(1)).ok()?;
            return Some(zone.preceding(search).next()?.timestamp());
        }
    };
    offset.to_timestamp(civil).ok()
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
    fn quiet_hours_cross_midnight_in_zone() {
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

    /// Returns the wait for each minute from `start`, for `hours` in local time.
    fn waits(zone: &str, hours: &str, start: &str, minutes: i64) -> Vec<Option<i64>> {
        let hours: QuietHours = serde_json::from_value(hours.into()).unwrap();
        let zone = TimeZone::get(zone).unwrap();
        let start: Timestamp = start.parse().unwrap();
        let minute = |minute| {
            let now = start + SignedDuration::from_mins(minute);
            let end = hours.end(now, &zone)?.timestamp();
            Some(end.duration_since(now).as_mins())
        };
        (0..minutes).map(minute).collect()
    }

    #[test]
    fn quiet_end_in_fold_is_ahead() {
        // The clocks go back from 03:00 to 02:00 at 01:00 UTC.
        let night = |hours, start| waits("Europe/Berlin", hours, start, 1)[0];
        for (hours, now, wait) in [
            ("01:30-02:15", "2026-10-25T00:10:00Z", Some(65)),
            ("01:30-02:15", "2026-10-25T00:20:00Z", Some(55)),
            ("01:30-02:15", "2026-10-25T01:10:00Z", Some(5)),
            ("01:30-02:15", "2026-10-25T01:15:00Z", None),
            ("02:30-03:00", "2026-10-25T00:29:00Z", None),
            ("02:30-03:00", "2026-10-25T00:30:00Z", Some(90)),
            ("02:30-03:00", "2026-10-25T01:59:00Z", Some(1)),
            ("02:30-03:00", "2026-10-25T02:00:00Z", None),
            ("22:00-02:30", "2026-10-25T01:29:00Z", Some(1)),
        ] {
            assert_eq!(night(hours, now), wait, "{hours} at {now}");
        }
    }

    #[test]
    fn quiet_end_in_gap_is_the_change() {
        // The clocks go forward from 02:00 to 03:00 at 01:00 UTC.
        let night = |hours, start| waits("Europe/Berlin", hours, start, 1)[0];
        for (hours, now, wait) in [
            ("01:00-02:30", "2026-03-29T00:59:00Z", Some(1)),
            ("01:00-02:30", "2026-03-29T01:00:00Z", None),
            ("02:15-04:00", "2026-03-29T00:59:00Z", None),
            ("02:15-04:00", "2026-03-29T01:00:00Z", Some(60)),
            ("02:15-02:45", "2026-03-29T01:00:00Z", None),
            ("22:00-02:30", "2026-03-29T00:00:00Z", Some(60)),
        ] {
            assert_eq!(night(hours, now), wait, "{hours} at {now}");
        }
    }

    #[test]
    fn quiet_end_at_midnight_changes() {
        for (zone, hours, now, wait) in [
            // São Paulo skipped 00:00 to 01:00, and repeated 23:00 to 24:00.
            (
                "America/Sao_Paulo",
                "22:00-00:30",
                "2017-10-15T02:59:00Z",
                Some(1),
            ),
            (
                "America/Sao_Paulo",
                "22:00-00:30",
                "2017-10-15T03:00:00Z",
                None,
            ),
            (
                "America/Sao_Paulo",
                "00:00-06:00",
                "2017-10-15T03:00:00Z",
                Some(300),
            ),
            (
                "America/Sao_Paulo",
                "23:30-07:00",
                "2018-02-18T01:30:00Z",
                Some(510),
            ),
            (
                "America/Sao_Paulo",
                "23:00-23:30",
                "2018-02-18T01:45:00Z",
                Some(45),
            ),
            ("Africa/Cairo", "00:00-00:30", "2026-04-23T22:00:00Z", None),
            (
                "Africa/Cairo",
                "23:00-00:15",
                "2026-04-23T21:50:00Z",
                Some(10),
            ),
            (
                "Africa/Cairo",
                "23:15-23:45",
                "2026-10-29T20:50:00Z",
                Some(55),
            ),
            // The day of 30 December 2011 does not exist.
            (
                "Pacific/Apia",
                "22:00-07:00",
                "2011-12-30T09:00:00Z",
                Some(60),
            ),
            (
                "Pacific/Apia",
                "22:00-07:00",
                "2011-12-30T10:00:00Z",
                Some(420),
            ),
        ] {
            let found = waits(zone, hours, now, 1)[0];
            assert_eq!(found, wait, "{hours} at {now} in {zone}");
        }
    }

    #[test]
    fn quiet_hours_never_spin() {
        for (zone, start) in [
            ("Europe/Berlin", "2026-10-24T12:00:00Z"),
            ("Europe/Berlin", "2026-03-28T12:00:00Z"),
            ("America/Sao_Paulo", "2018-02-17T12:00:00Z"),
            ("America/Sao_Paulo", "2017-10-14T12:00:00Z"),
            ("Africa/Cairo", "2026-10-29T10:00:00Z"),
            ("Africa/Cairo", "2026-04-23T10:00:00Z"),
            ("Australia/Lord_Howe", "2026-04-04T03:00:00Z"),
            ("Pacific/Apia", "2011-12-29T12:00:00Z"),
        ] {
            for hours in [
                "22:00-07:00",
                "23:30-00:30",
                "01:30-02:15",
                "02:15-02:45",
                "23:00-23:01",
            ] {
                let waits = waits(zone, hours, start, 36 * 60);
                let is_ahead = waits.iter().flatten().all(|wait| *wait > 0);
                assert!(is_ahead, "{hours} in {zone}");
                // Within quiet hours each minute brings their end one minute closer.
                for pair in waits.windows(2) {
                    if let [Some(before), Some(after)] = pair {
                        assert!(*before == 1 || *after == before - 1, "{hours} in {zone}");
                    }
                }
            }
        }
    }

    #[test]
    fn invalid_hours_are_rejected() {
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
