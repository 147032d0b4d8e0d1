use super::parse;
use jiff::tz::TimeZone;
use proptest::prelude::*;

fn read(text: &str) -> Option<(String, bool, bool)> {
    let zone = TimeZone::get("Europe/Oslo").unwrap();
    let dated = parse(text, &zone)?;
    let at = dated.moment.at.timestamp().to_string();
    Some((at, dated.moment.day_only, dated.own_offset))
}

#[test]
fn every_notation_is_read() {
    for (text, at, day_only, own_offset) in [
        ("2024-03-01", "2024-02-29T23:00:00Z", true, false),
        ("2024-3-1", "2024-02-29T23:00:00Z", true, false),
        ("2024/03/01", "2024-02-29T23:00:00Z", true, false),
        ("20240301", "2024-02-29T23:00:00Z", true, false),
        ("\u{a0}2015-11-3", "2015-11-02T23:00:00Z", true, false),
        ("25 Aug 2024", "2024-08-24T22:00:00Z", true, false),
        ("Aug 25, 2024", "2024-08-24T22:00:00Z", true, false),
        (
            "Sunday, 25 August 2024",
            "2024-08-24T22:00:00Z",
            true,
            false,
        ),
        ("2024-03-01 09:30", "2024-03-01T08:30:00Z", false, false),
        ("2024-03-01 9:30:15", "2024-03-01T08:30:15Z", false, false),
        (
            "2024-03-01T09:30:15.25",
            "2024-03-01T08:30:15.25Z",
            false,
            false,
        ),
        ("2024-03-01T09:30:15Z", "2024-03-01T09:30:15Z", false, true),
        (
            "2024-03-01T09:30:15.000Z",
            "2024-03-01T09:30:15Z",
            false,
            true,
        ),
        (
            "2024-03-01T09:30+01:00",
            "2024-03-01T08:30:00Z",
            false,
            true,
        ),
        (
            "2024-03-01 09:30:15 +0100",
            "2024-03-01T08:30:15Z",
            false,
            true,
        ),
        (
            "2024-03-01 09:30:15 -0800",
            "2024-03-01T17:30:15Z",
            false,
            true,
        ),
        (
            "2024-03-01 09:30:15 -4",
            "2024-03-01T13:30:15Z",
            false,
            true,
        ),
        ("2024-03-01 09:30 UTC", "2024-03-01T09:30:00Z", false, true),
        (
            "2024-03-01 09:30 America/New_York",
            "2024-03-01T14:30:00Z",
            false,
            true,
        ),
        (
            "Fri, 01 Mar 2024 09:30:15 GMT",
            "2024-03-01T09:30:15Z",
            false,
            true,
        ),
        (
            "Fri Mar 1 09:30:15 2024 -0800",
            "2024-03-01T17:30:15Z",
            false,
            true,
        ),
        // In the hour that the clocks skip, the offset before it holds.
        ("2024-03-31 02:30", "2024-03-31T01:30:00Z", false, false),
    ] {
        let expected = Some((at.to_owned(), day_only, own_offset));
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_date_or_ambiguous_is_not_guessed() {
    for text in [
        "",
        "soon",
        "2024",
        "2024-03",
        "01/02/2024",
        "2024-13-01",
        "2024-02-30",
        "1.2.2024",
        "2024-03-01 25:00",
        "2024-03-01 09",
        "2024-03-01 09:30 CET",
        "2024-03-01 2024-03-02",
        "12:30",
        "2024-03-01 +01:00",
        "true",
        "2024-03-01 09:30 +99:00",
        "March 2024",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn blanks_around_a_date_change_nothing(text in "\\PC{0,40}|[0-9TZ:./+ -]{0,30}(Mar|[a-z]{3})?[0-9 ]{0,6}") {
        let spaced = format!("\u{a0}{text} ");
        prop_assert_eq!(parse(&text, &TimeZone::UTC), parse(&spaced, &TimeZone::UTC));
    }

    #[test]
    fn what_is_written_is_read(seconds in 0_i64..4_000_000_000) {
        let at = jiff::Timestamp::from_second(seconds).unwrap();
        let read = parse(&at.to_string(), &TimeZone::UTC).unwrap();
        prop_assert_eq!(read.moment.at.timestamp(), at);
    }
}

#[test]
fn a_date_that_means_never_is_the_last_day_there_is() {
    let zone = TimeZone::get("America/New_York").unwrap();
    for text in ["9999-12-31", "9999-12-31 23:59:59"] {
        let dated = parse(text, &zone).unwrap();
        assert_eq!(dated.moment.at.date().to_string(), "9999-12-31");
        assert_eq!(dated.moment.at.timestamp(), jiff::Timestamp::MAX);
    }
}
