//! Time zones and offsets as they follow a time.

use jiff::tz::{Offset, TimeZone};

/// The names of zones in RFC 822, and those of Europe that mean one offset only, in hours.
const ABBREVIATIONS: &[(&str, i8)] = &[
    ("UT", 0),
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

/// Parses `EST`, `CET` and the like, which only feeds use.
pub(super) fn parse_abbreviation(word: &str) -> Option<TimeZone> {
    let (_, hours) = ABBREVIATIONS
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))?;
    Some(TimeZone::fixed(Offset::from_hours(*hours).ok()?))
}

/// Parses `Z`, `UTC`, `+01:00`, `+0100`, `+01`, `-4` or `Europe/Oslo`.
pub(super) fn parse_zone(word: &str) -> Option<TimeZone> {
    if ["Z", "UTC", "GMT"]
        .iter()
        .any(|name| name.eq_ignore_ascii_case(word))
    {
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
        let is_plain = matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit());
        is_plain.then(|| text.parse::<i32>().ok())?
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    if hours > 15 || minutes > 59 {
        return None;
    }
    let offset = Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok()?;
    Some(TimeZone::fixed(offset))
}
