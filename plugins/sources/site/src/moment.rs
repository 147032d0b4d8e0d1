//! Dates as authors write them. Generators take many notations and disagree on most, so this reader
//! takes the date apart into words and asks that each word be understood and none stand twice; what
//! is ambiguous, such as `01/02/2024`, is not guessed.

#[cfg(test)]
mod tests;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use syndicate_api::Moment;

/// A date and whether its author gave an offset from UTC.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Dated {
    /// The instant.
    pub(crate) moment: Moment,
    /// Whether the offset is the author's rather than the site's.
    pub(crate) own_offset: bool,
}

/// What is written where a date should be is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoDate;

/// What a date should look like, for hints.
pub(crate) const EXAMPLE: &str = "write it as `2026-11-22` or `2026-11-22 09:30:00`";

/// Reads a date; without an offset it is meant in `zone`. `None` where it is no date.
pub(crate) fn parse(text: &str, zone: &TimeZone) -> Option<Dated> {
    let mut words = Words::default();
    let separated = text.replace([',', '\u{a0}', '\u{202f}', '\u{feff}'], " ");
    for word in separated.split_whitespace() {
        words.take(word)?;
    }
    let date = words.date()?;
    let own_offset = words.zone.is_some();
    let zone = words.zone.unwrap_or_else(|| zone.clone());
    let time = words.time.unwrap_or(Time::midnight());
    let at = at(DateTime::from_parts(date, time), &zone);
    let day_only = words.time.is_none();
    Some(Dated {
        moment: Moment { at, day_only },
        own_offset,
    })
}

/// The instant at which clocks in `zone` show `civil`. Who writes `9999-12-31` means never: what lies
/// beyond the last instant there is becomes that instant, by the clock that shows its day.
pub(crate) fn at(civil: DateTime, zone: &TimeZone) -> Zoned {
    let (last, offset) = if civil.year() < 0 {
        (Timestamp::MIN, Offset::MIN)
    } else {
        (Timestamp::MAX, Offset::MAX)
    };
    civil
        .to_zoned(zone.clone())
        .unwrap_or_else(|_| last.to_zoned(TimeZone::fixed(offset)))
}

/// The parts of a date found so far.
#[derive(Default)]
struct Words {
    whole: Option<Date>,
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
    zone: Option<TimeZone>,
}

impl Words {
    fn date(&self) -> Option<Date> {
        match (self.whole, self.year, self.month, self.day) {
            (Some(date), None, None, None) => Some(date),
            (None, Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok(),
            _ => None,
        }
    }

    /// Understands one more word; `None` where it cannot.
    fn take(&mut self, word: &str) -> Option<()> {
        if let Some(month) = named(MONTHS, word) {
            return set(&mut self.month, month);
        }
        if named(WEEKDAYS, word).is_some() {
            return Some(());
        }
        if self.time.is_some()
            && let Some(zone) = zone(word)
        {
            return set(&mut self.zone, zone);
        }
        if word.contains(':') && !word.contains(['-', '/']) || is_time_with_offset(word) {
            return self.take_time(word);
        }
        if word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() < 8 {
            return match word.len() {
                1 | 2 => set(&mut self.day, word.parse().ok()?),
                4 => set(&mut self.year, word.parse().ok()?),
                _ => None,
            };
        }
        let (day, time) = match word.split_once(['T', 't', '_']) {
            Some((day, time)) => (day, Some(time)),
            None => (word, None),
        };
        set(&mut self.whole, date(day)?)?;
        time.map_or(Some(()), |time| self.take_time(time))
    }

    /// `HH:MM[:SS[.fraction]]` with an offset right behind it, or without.
    fn take_time(&mut self, word: &str) -> Option<()> {
        let end = word
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'))
            .unwrap_or(word.len());
        let (time, offset) = word.split_at(end);
        set(&mut self.time, clock(time)?)?;
        if offset.is_empty() {
            Some(())
        } else {
            set(&mut self.zone, zone(offset)?)
        }
    }
}

fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

/// Whether `word` is `09:30+01:00` or the like, whose `-` is no part of a date.
fn is_time_with_offset(word: &str) -> bool {
    word.find(':')
        .is_some_and(|colon| colon <= 2 && word[..colon].bytes().all(|b| b.is_ascii_digit()))
}

/// `2024-1-2`, `2024/01/02`, `2024.01.02` or `20240102`.
fn date(word: &str) -> Option<Date> {
    if word.len() == 8 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Date::new(
            word[..4].parse().ok()?,
            word[4..6].parse().ok()?,
            word[6..].parse().ok()?,
        )
        .ok();
    }
    let mark = word.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let mut parts = word.split(mark);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let plain = |part: &str, widths: std::ops::RangeInclusive<usize>| {
        widths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if parts.next().is_some() || !plain(year, 4..=4) || !plain(month, 1..=2) || !plain(day, 1..=2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `9:30`, `09:30:15` or `09:30:15.25`.
fn clock(word: &str) -> Option<Time> {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let parts: Vec<i8> = whole
        .split(':')
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let digits = fraction.get(..fraction.len().min(9))?;
    let nanosecond = match digits {
        "" => 0,
        _ => format!("{digits:0<9}").parse().ok()?,
    };
    Time::new(hour, minute, second, nanosecond).ok()
}

/// `Z`, `UTC`, `+01:00`, `+0100`, `+01`, `-4` or `Europe/Oslo`.
fn zone(word: &str) -> Option<TimeZone> {
    if matches!(word, "Z" | "z" | "UTC" | "GMT") {
        return Some(TimeZone::UTC);
    }
    let (sign, digits) = match word.as_bytes().first()? {
        b'+' => (1, &word[1..]),
        b'-' => (-1, &word[1..]),
        _ => {
            let name = word.trim_start_matches('[').trim_end_matches(']');
            return name.contains('/').then(|| TimeZone::get(name).ok())?;
        }
    };
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some(parts), _) => parts,
        (None, 1 | 2) => (digits, "0"),
        (None, 4) if digits.is_ascii() => digits.split_at(2),
        _ => return None,
    };
    let number = |text: &str| {
        let plain = matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i32>().ok())?
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours > 15 || minutes > 59 {
        return None;
    }
    let offset = Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()?;
    Some(TimeZone::fixed(offset))
}

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The number, from 1, of the name that `word` is or abbreviates.
fn named(names: &[&str], word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let index = names
        .iter()
        .position(|name| word.len() >= 3 && name.starts_with(&word))?;
    i8::try_from(index + 1).ok()
}
