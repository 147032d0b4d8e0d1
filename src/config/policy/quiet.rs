//! The hours in which nothing goes out.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

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
        let text = String::deserialize(deserializer)?;
        let fault = || D::Error::custom(format!("`{text}` are no hours such as `22:00-07:00`"));
        let (from, until) = text.split_once('-').ok_or_else(fault)?;
        let read = |text: &str| Time::strptime("%H:%M", text.trim()).map_err(|_| fault());
        let (from, until) = (read(from)?, read(until)?);
        if from == until {
            return Err(D::Error::custom(format!(
                "`{text}` has no end; use `build --dry-run`"
            )));
        }
        Ok(Self { from, until })
    }
}

#[cfg(test)]
mod tests {
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
}
