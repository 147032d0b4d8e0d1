//! Times as the ledger writes them.

const SECONDS_PER_DAY: i64 = 86_400;

/// Parses a time in the form `2026-05-01T10:00:00Z`, with or without three digits of milliseconds, as milliseconds since 1970.
/// Returns `None` for every other form.
pub(crate) fn milliseconds(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let number = |range: std::ops::Range<usize>| {
        bytes[range].iter().try_fold(0_i64, |number, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + i64::from(byte - b'0'))
        })
    };
    let milliseconds = match bytes.len() {
        20 => 0,
        24 if bytes[19] == b'.' => number(20..23)?,
        _ => return None,
    };
    let marks = [bytes[4], bytes[7], bytes[10], bytes[13], bytes[16]];
    if marks != *b"--T::" || bytes.last() != Some(&b'Z') {
        return None;
    }
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    // The last days of the year 9999 are not representable in every time zone.
    if year > 9998 || !(1..=12).contains(&month) || !(1..=last_day(year, month)).contains(&day) {
        return None;
    }
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = days(year, month, day) * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
    Some(seconds * 1000 + milliseconds)
}

/// Returns the number of days in a month of the Gregorian calendar.
fn last_day(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the number of days from 1970-01-01 to a date of the Gregorian calendar, counted in years that
/// begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = match month {
        1 | 2 => (year - 1, month + 9),
        _ => (year, month - 3),
    };
    let of_years = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    of_years + (153 * month + 2) / 5 + day - 1 - 719_468
}
