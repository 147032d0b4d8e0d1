//! The parser of dates.

use std::borrow::Cow;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use thiserror::Error;

use super::post_date::{PostDate, civil_to_zoned};
use super::zone::{parse_abbreviation, parse_zone};

/// A date and whether its author gave an offset from UTC.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedDate {
    /// The date.
    pub date: PostDate,
    /// `true` if the offset is in the text and not that of the site.
    pub has_offset: bool,
}

/// The text is not a valid date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("invalid date")]
pub struct DateError;

/// Parses a date in the formats of authors and generators. A date without an offset is in `zone`.
///
/// # Errors
/// Returns [`DateError`] if the text is not a date or is ambiguous.
pub fn parse_date(text: &str, zone: &TimeZone) -> Result<ParsedDate, DateError> {
    let any_form = || DateParts::read(text, Style::Post)?.into_date(zone);
    parse_utc(text).or_else(any_form).ok_or(DateError)
}

/// Parses `2026-01-02T03:04:05Z`, the form of most dates, in a fraction of the time of [`DateParts`]. Returns `None` for
/// every other form.
fn parse_utc(text: &str) -> Option<ParsedDate> {
    let bytes: &[u8; FORM.len()] = text.as_bytes().try_into().ok()?;
    let has_form = bytes.iter().zip(FORM).all(|(byte, form)| match form {
        b'0' => byte.is_ascii_digit(),
        sign => byte == sign,
    });
    if !has_form {
        return None;
    }
    let digit = |at: usize| bytes[at].wrapping_sub(b'0').cast_signed();
    let number = |at: usize| 10 * digit(at) + digit(at + 1);
    let year = 100 * i16::from(number(0)) + i16::from(number(2));
    let [month, day, hour, minute, second] = [5, 8, 11, 14, 17].map(number);
    let civil = DateTime::new(year, month, day, hour, minute, second, 0).ok()?;
    Some(ParsedDate {
        has_offset: true,
        date: PostDate {
            at: civil_to_zoned(civil, &TimeZone::UTC),
            day_only: false,
        },
    })
}

/// The form of a date in UTC.
const FORM: &[u8; 20] = b"0000-00-00T00:00:00Z";

/// Parses a date in the formats of feeds: RFC 3339 in Atom and JSON Feed, RFC 822 with years of four digits in
/// RSS, and common deviations from both. In addition to [`parse_date`] it accepts years of two digits,
/// abbreviated time zones and weekdays in any language.
///
/// # Errors
/// Returns [`DateError`] if the text is not a date or is ambiguous.
pub fn parse_feed_date(text: &str, zone: &TimeZone) -> Result<PostDate, DateError> {
    let parsed = DateParts::read(text, Style::Feed).and_then(|parts| parts.into_date(zone));
    parsed.map(|parsed| parsed.date).ok_or(DateError)
}

/// The formats that are accepted.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Post,
    Feed,
}

/// The parts of a date that were found so far.
struct DateParts {
    style: Style,
    whole: Option<Date>,
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    time: Option<Time>,
    zone: Option<TimeZone>,
}

impl DateParts {
    fn read(text: &str, style: Style) -> Option<Self> {
        let mut parts = Self {
            style,
            whole: None,
            year: None,
            month: None,
            day: None,
            time: None,
            zone: None,
        };
        let mut separated = Cow::Borrowed(text);
        if !text.bytes().all(|byte| byte.is_ascii() && byte != b',') {
            separated = text
                .replace([',', '\u{a0}', '\u{202f}', '\u{feff}'], " ")
                .into();
        }
        let mut words = separated.split_whitespace().peekable();
        if style == Style::Feed {
            // The weekday is redundant, and many feeds write it in another language.
            let is_weekday = |word: &&str| {
                word.starts_with(char::is_alphabetic) && named(MONTHS, word).is_none()
            };
            words.next_if(is_weekday);
        }
        for word in words {
            parts.take(word)?;
        }
        Some(parts)
    }

    fn into_date(self, zone: &TimeZone) -> Option<ParsedDate> {
        let date = match (self.whole, self.year, self.month, self.day) {
            (Some(date), None, None, None) => date,
            (None, Some(year), Some(month), Some(day)) => Date::new(year, month, day).ok()?,
            _ => return None,
        };
        let civil = DateTime::from_parts(date, self.time.unwrap_or(Time::midnight()));
        Some(ParsedDate {
            has_offset: self.zone.is_some(),
            date: PostDate {
                at: civil_to_zoned(civil, self.zone.as_ref().unwrap_or(zone)),
                day_only: self.time.is_none(),
            },
        })
    }

    /// Adds a word. Returns `None` if it has no meaning, or the meaning of an earlier word.
    fn take(&mut self, word: &str) -> Option<()> {
        if let Some(month) = named(MONTHS, word) {
            return set(&mut self.month, month);
        }
        if named(WEEKDAYS, word).is_some() {
            return Some(());
        }
        if self.time.is_some()
            && let Some(zone) = self.parse_zone(word)
        {
            return set(&mut self.zone, zone);
        }
        if word.contains(':') && !word.contains(['-', '/']) || is_time_with_offset(word) {
            return self.take_time(word);
        }
        if word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() < 8 {
            return self.take_number(word);
        }
        if self.style == Style::Feed && word.contains('-') && word.contains(char::is_alphabetic) {
            // `22-Nov-2026`, from RFC 850.
            let mut parts = word.split('-');
            if parts.clone().any(|part| named(MONTHS, part).is_some()) {
                return parts.try_for_each(|part| self.take(part));
            }
        }
        let (day, time) = match word.split_once(['T', 't', '_']) {
            Some((day, time)) => (day, Some(time)),
            None => (word, None),
        };
        set(&mut self.whole, parse_day(day)?)?;
        time.map_or(Some(()), |time| self.take_time(time))
    }

    fn parse_zone(&self, word: &str) -> Option<TimeZone> {
        let abbreviation = || parse_abbreviation(word).filter(|_| self.style == Style::Feed);
        parse_zone(word).or_else(abbreviation)
    }

    fn take_number(&mut self, word: &str) -> Option<()> {
        match word.len() {
            1 | 2 if self.day.is_none() => set(&mut self.day, word.parse().ok()?),
            // RFC 2822, section 4.3.
            2 if self.style == Style::Feed => {
                let year: i16 = word.parse().ok()?;
                set(&mut self.year, year + if year < 50 { 2000 } else { 1900 })
            }
            4 => set(&mut self.year, word.parse().ok()?),
            _ => None,
        }
    }

    /// Parses `HH:MM[:SS[.fraction]]`, optionally with an offset directly after it.
    fn take_time(&mut self, word: &str) -> Option<()> {
        let end = word
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'))
            .unwrap_or(word.len());
        let (time, offset) = word.split_at(end);
        set(&mut self.time, parse_time(time)?)?;
        if offset.is_empty() {
            Some(())
        } else {
            let zone = self.parse_zone(offset)?;
            set(&mut self.zone, zone)
        }
    }
}

fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

/// Returns `true` if `word` is like `09:30-01:00`, in which `-` separates a time from an offset.
fn is_time_with_offset(word: &str) -> bool {
    word.find(':')
        .is_some_and(|colon| colon <= 2 && word[..colon].bytes().all(|b| b.is_ascii_digit()))
}

/// Parses `2024-1-2`, `2024/01/02`, `2024.01.02` or `20240102`.
fn parse_day(word: &str) -> Option<Date> {
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
    let is_plain = |part: &str, widths: std::ops::RangeInclusive<usize>| {
        widths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_date = is_plain(year, 4..=4) && is_plain(month, 1..=2) && is_plain(day, 1..=2);
    if parts.next().is_some() || !is_date {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Parses `9:30`, `09:30:15` or `09:30:15.25`. A leap second is the second before it.
fn parse_time(word: &str) -> Option<Time> {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let parts: Vec<i8> = whole
        .split(':')
        .map(|part| part.parse().ok().filter(|_| part.len() <= 2))
        .collect::<Option<_>>()?;
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, 60] => (hour, minute, 59),
        [hour, minute, second] => (hour, minute, second),
        _ => return None,
    };
    let nanosecond = match &fraction[..fraction.len().min(9)] {
        "" => 0,
        digits => format!("{digits:0<9}").parse().ok()?,
    };
    Time::new(hour, minute, second, nanosecond).ok()
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

/// Returns the number, from 1, of the name that `word` equals or abbreviates.
fn named(names: &[&str], word: &str) -> Option<i8> {
    if !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let word = word.trim_end_matches('.').to_lowercase();
    let index = names
        .iter()
        .position(|name| word.len() >= 3 && name.starts_with(&word))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testkit::trials;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(trials(256)))]

        #[test]
        fn utc_agrees_with_other_forms(text in "([0-9]{4}|9999)-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z") {
            let any_form = DateParts::read(&text, Style::Post);
            let expected = any_form.and_then(|parts| parts.into_date(&TimeZone::UTC));
            if let Some(parsed) = parse_utc(&text) {
                prop_assert_eq!(Some(parsed), expected);
            }
        }
    }

    #[test]
    fn utc_has_one_form() {
        assert!(parse_utc("2026-01-02T03:04:05Z").is_some());
        for text in [
            "2026-01-02T03:04:05",
            "2026-01-02T03:04:5Z",
            "2026-13-02T03:04:05Z",
        ] {
            assert!(parse_utc(text).is_none(), "{text}");
        }
    }
}
