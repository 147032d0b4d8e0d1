//! Dates as feeds write them: RFC 3339 in Atom and JSON, RFC 822 with its later years in RSS, and
//! what people make of both. A date is taken apart into words; each must be understood and none may
//! stand twice. What is ambiguous, such as `01/02/2026`, is not guessed.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use syndicate_api::Moment;

/// Reads a date; without an offset it is meant in `zone`. `None` where it is no date.
pub(crate) fn parse(text: &str, zone: &TimeZone) -> Option<Moment> {
    let mut words = Words::default();
    let text = text.replace([',', '\u{a0}', '\u{202f}'], " ");
    let mut all = text.split_whitespace().peekable();
    // The name of the day adds nothing, and many feeds have it in their own language.
    all.next_if(|word| word.starts_with(char::is_alphabetic) && month(word).is_none());
    for word in all {
        words.take(word)?;
    }
    let at = DateTime::from_parts(words.date()?, words.time.unwrap_or(Time::midnight()));
    Some(Moment {
        at: at
            .to_zoned(words.zone.unwrap_or_else(|| zone.clone()))
            .ok()?,
        day_only: words.time.is_none(),
    })
}

#[derive(Default)]
struct Words {
    whole: Option<Date>,
    day: Option<i8>,
    month: Option<i8>,
    year: Option<i16>,
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
        if let Some(month) = month(word) {
            return set(&mut self.month, month);
        }
        if self.time.is_some() {
            return match zone(word) {
                Some(zone) => set(&mut self.zone, zone),
                None => set(&mut self.year, year(word)?),
            };
        }
        if let Some((day, time)) = word.split_once(['T', 't']) {
            set(&mut self.whole, whole(day)?)?;
            return self.take_time(time);
        }
        match word.find([':', '-', '/']).map(|at| word.as_bytes()[at]) {
            Some(b':') => self.take_time(word),
            Some(b'-') if word.contains(char::is_alphabetic) => {
                // `22-Nov-2026`, from RFC 850.
                word.split('-').try_for_each(|part| self.take(part))
            }
            Some(_) => set(&mut self.whole, whole(word)?),
            None if self.day.is_none() && word.len() <= 2 => {
                set(&mut self.day, number(word, 1..=2)?)
            }
            None => set(&mut self.year, year(word)?),
        }
    }

    /// `HH:MM[:SS[.fraction]]` with an offset right behind it, or without.
    fn take_time(&mut self, word: &str) -> Option<()> {
        let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'));
        let (time, offset) = word.split_at(end.unwrap_or(word.len()));
        set(&mut self.time, clock(time)?)?;
        if offset.is_empty() {
            return Some(());
        }
        set(&mut self.zone, zone(offset)?)
    }
}

fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    slot.replace(value).is_none().then_some(())
}

fn number<T: std::str::FromStr>(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<T> {
    let plain = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// A year; of two digits, as RFC 2822 has it in its section 4.3.
fn year(word: &str) -> Option<i16> {
    match word.len() {
        2 => number::<i16>(word, 2..=2).map(|year| year + if year < 50 { 2000 } else { 1900 }),
        _ => number(word, 4..=4),
    }
}

/// `2026-1-2` or `2026/01/02`.
fn whole(word: &str) -> Option<Date> {
    let mark = word.chars().find(|c| matches!(c, '-' | '/'))?;
    let mut parts = word.split(mark);
    let year = number(parts.next()?, 4..=4)?;
    let (month, day) = (number(parts.next()?, 1..=2)?, number(parts.next()?, 1..=2)?);
    Date::new(year, month, day)
        .ok()
        .filter(|_| parts.next().is_none())
}

/// `9:30`, `09:30:15` or `09:30:15.25`. A leap second is the second before it.
fn clock(word: &str) -> Option<Time> {
    let (whole, fraction) = word.split_once('.').unwrap_or((word, ""));
    let mut parts = whole.split(':').map(|part| number::<i8>(part, 1..=2));
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?.min(59);
    if parts.next().is_some() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let nanosecond = format!("{:0<9}", &fraction[..fraction.len().min(9)]);
    Time::new(hour, minute, second, nanosecond.parse().ok()?).ok()
}

/// Names of zones in RFC 822, and those of Europe that mean one offset only, in hours.
const ZONES: &[(&str, i8)] = &[
    ("Z", 0),
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("WET", 0),
    ("WEST", 1),
    ("CET", 1),
    ("CEST", 2),
    ("EET", 2),
    ("EEST", 3),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
];

/// `Z`, `GMT`, `EST`, `+01:00`, `+0100` or `-4`.
fn zone(word: &str) -> Option<TimeZone> {
    if let Some((_, hours)) = ZONES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))
    {
        return Some(TimeZone::fixed(Offset::from_hours(*hours).ok()?));
    }
    let (sign, digits) = match word.as_bytes().first()? {
        b'+' => (1, &word[1..]),
        b'-' => (-1, &word[1..]),
        _ => return None,
    };
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some(parts), _) => parts,
        (None, 1 | 2) => (digits, "0"),
        (None, 4) if digits.is_ascii() => digits.split_at(2),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (number(hours, 1..=2)?, number(minutes, 1..=2)?);
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

/// The number of the month that `word` is or abbreviates.
fn month(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_lowercase();
    let is = |name: &&str| word.len() >= 3 && name.starts_with(&word);
    i8::try_from(MONTHS.iter().position(is)? + 1).ok()
}
