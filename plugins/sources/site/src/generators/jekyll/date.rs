//! Parses dates as Jekyll does: by YAML, then by Ruby.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use syndicate_api::dates::{DateError, ParsedDate, parse_date};

use crate::paths::basename;

/// Parses a front matter date of a site in `zone`; `is_quoted` is `true` for a quoted string.
pub(super) fn read(text: &str, is_quoted: bool, zone: &TimeZone) -> Result<ParsedDate, DateError> {
    let text = without_late_offset(text);
    // A YAML timestamp without an offset is in UTC; any other text is in the site's time zone.
    let is_utc = is_yaml_timestamp(text) && !is_quoted;
    let written_in = if is_utc { TimeZone::UTC } else { zone.clone() };
    let mut dated = parse_date(text, &written_in)?;
    if is_utc {
        dated.date.at = dated.date.at.with_time_zone(zone.clone());
    }
    Ok(dated)
}

/// Removes an offset after the year (`Sun Jan 22 18:30:22 2023 -0800`). Ruby expects it after the time and
/// ignores it there.
fn without_late_offset(text: &str) -> &str {
    let text = text.trim();
    match text.rsplit_once(' ') {
        Some((head, offset)) if offset.starts_with(['+', '-']) => {
            let year = head.rsplit(' ').next().unwrap_or_default();
            let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
            if is_year { head } else { text }
        }
        _ => text,
    }
}

/// Returns `true` if a date without an offset is a timestamp of YAML 1.1, which requires seconds.
fn is_yaml_timestamp(text: &str) -> bool {
    let shaped = text.matches(':').count() == 2 && text.matches('-').count() == 2;
    let first = text.split(['T', 't', ' ']).next().unwrap_or_default();
    shaped && !text.ends_with(['Z', 'z']) && first.matches('-').count() == 2 && !text.contains('+')
}

/// Splits a dated name (`Document::DATE_FILENAME_MATCHER`) into its date and the rest; `None` if it is not
/// dated. The date is `None` if that day does not exist.
pub(super) fn split_dated_name(below: &str) -> Option<(Option<Date>, &str)> {
    let name = basename(below);
    let (stem, _) = name.rsplit_once('.')?;
    let mut parts = stem.splitn(4, '-');
    let mut number = |widths: std::ops::RangeInclusive<usize>| {
        let part = parts.next()?;
        let plain = widths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<i16>().ok())?
    };
    let (year, month, day) = (number(2..=4)?, number(1..=2)?, number(1..=2)?);
    let slug = parts.next()?;
    let century = match year {
        0..=68 => 2000,
        69..=99 => 1900,
        _ => 0,
    };
    let month = i8::try_from(month).ok()?;
    let day = i8::try_from(day).ok()?;
    Some((Date::new(year + century, month, day).ok(), slug))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dated_names_match_jekyll() {
        let day = Some(date(2024, 3, 5));
        for (name, expected) in [
            ("2024-03-05-a-b.md", Some((day, "a-b"))),
            ("sub/2024-3-5-x.y.md", Some((day, "x.y"))),
            ("24-3-5-x.md", Some((day, "x"))),
            ("2024-03-05-.md", Some((day, ""))),
            ("2024-13-45-x.md", Some((None, "x"))),
            ("2024-03-05.md", None),
            ("2024-03-05-x", None),
            ("hello-2024-03-05-x.md", None),
            ("2024-03-05-x/y.md", None),
        ] {
            assert_eq!(split_dated_name(name), expected, "{name}");
        }
    }

    /// Expected instants are those of Jekyll 4.3 on a machine in New York.
    #[test]
    fn dates_match_ruby() {
        let zone = TimeZone::get("America/New_York").unwrap();
        for (text, quoted, expected) in [
            ("2024-03-06 23:30:00", false, "2024-03-06T23:30:00Z"),
            ("2024-03-06T23:30:00", false, "2024-03-06T23:30:00Z"),
            ("2024-03-06 23:30:00", true, "2024-03-07T04:30:00Z"),
            ("2024-03-07 23:30", false, "2024-03-08T04:30:00Z"),
            ("2024-03-08 23:30:00 -0800", false, "2024-03-09T07:30:00Z"),
            ("2024-03-11T23:30:00Z", false, "2024-03-11T23:30:00Z"),
            ("2024-03-10 23:30 +0900", false, "2024-03-10T14:30:00Z"),
            ("2024-03-11", false, "2024-03-11T04:00:00Z"),
            (
                "Sun Mar 10 18:30:22 2024 -0800",
                false,
                "2024-03-10T22:30:22Z",
            ),
        ] {
            let dated = read(text, quoted, &zone).unwrap();
            assert_eq!(
                dated.date.at.timestamp().to_string(),
                expected,
                "{text} {quoted}"
            );
        }
    }
}
